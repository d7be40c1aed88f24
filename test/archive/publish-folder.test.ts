import { describe, expect, test } from 'bun:test'
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { openPublishFolder, type PublishFolder } from '../../src/archive/publish-folder.ts'
import { temporaryFolder } from '../store/folder.ts'

const mark = { name: 'about.json', madeBy: 'a test' }
const about = '{"made_by":"a test"}'

function open(out: string): PublishFolder {
  const opened = openPublishFolder(out, mark)
  if (!opened.ok) throw new Error(opened.fault)
  return opened.value
}

async function publish(out: string, files: Readonly<Record<string, string>>): Promise<void> {
  await using folder = open(out)
  await folder.write(mark.name, about)
  for (const [path, text] of Object.entries(files)) await folder.write(path, text)
  await folder.commit()
}

describe('a folder for others to read', () => {
  test('is there when it is whole, and may be read by everybody', async () => {
    using own = temporaryFolder()
    {
      await using folder = open(own.file('site'))
      await folder.write(mark.name, about)
      await folder.write('a/b/c.html', 'c')
      expect(readdirSync(own.path)).toEqual(['site.part'])
    }
    expect(readdirSync(own.path)).toEqual([])
    await publish(own.file('site'), { 'a/b/c.html': 'c' })
    expect(readdirSync(own.path)).toEqual(['site'])
    expect(['', '/a', '/a/b'].map((path) => statSync(own.file(`site${path}`)).mode & 0o777)).toEqual([0o755, 0o755, 0o755])
    expect(statSync(own.file('site/a/b/c.html')).mode & 0o777).toBe(0o644)
  })

  test('takes the place of an empty one and of an earlier one, whatever a broken try left', async () => {
    using own = temporaryFolder()
    mkdirSync(own.file('site'))
    await publish(own.file('site'), { 'old.html': 'old' })
    for (const name of ['site.part', 'site.old']) {
      mkdirSync(own.file(name))
      writeFileSync(own.file(`${name}/about.json`), about)
    }
    symlinkSync(own.file('site'), own.file('link'))
    await publish(own.file('link'), { 'new.html': 'new' })
    expect(readdirSync(own.path).sort()).toEqual(['link', 'site'])
    expect(readdirSync(own.file('site')).sort()).toEqual(['about.json', 'new.html'])
  })

  test.each([
    ['a file', 'thing', (path: string) => writeFileSync(path, 'a thesis')],
    ['a folder of something else', 'thing', folderWith('thesis.txt', 'a thesis')],
    ['a folder whose mark is another', 'thing', folderWith('about.json', '{"made_by":"somebody else"}')],
    ['something else where it would be written', 'thing.part', folderWith('thesis.txt', 'a thesis')],
    ['something else where the earlier one would be kept', 'thing.old', (path: string) => writeFileSync(path, 'a thesis')],
  ])('%s is refused and left alone', (_, name, make) => {
    using own = temporaryFolder()
    make(own.file(name))
    const opened = openPublishFolder(own.file('thing'), mark)
    expect(opened.ok ? '' : opened.fault).toEndWith(
      `${name} holds something else: name a new folder, an empty one, or an earlier export to replace`,
    )
    expect(readdirSync(own.path)).toEqual([name])
  })

  test('is not made where there is no folder around it', () => {
    using own = temporaryFolder()
    const opened = openPublishFolder(own.file('none/site'), mark)
    expect(opened.ok ? '' : opened.fault).toStartWith('there is no folder ')
  })
})

function folderWith(name: string, text: string): (path: string) => void {
  return (path) => {
    mkdirSync(path)
    writeFileSync(`${path}/${name}`, text)
  }
}
