import { expect, test } from 'bun:test'
import { renderNameLists } from '../../../script/names.ts'

const folder = new URL('../../../src/cloak/name/list/', import.meta.url)
const lists = renderNameLists()

test.each(Object.keys(lists))('src/cloak/name/list/%s is what the packages have', async (name) => {
  expect(await Bun.file(new URL(name, folder)).text()).toBe(lists[name] ?? '')
})
