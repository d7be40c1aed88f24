import { version as ownVersion } from '../../package.json'

/** Put in by the build where the sources are a git checkout. */
declare const BUILD_COMMIT: string | undefined

export const version: string = ownVersion

/** The commit the binary was built from, short; undefined when it runs from source or was built outside git. */
export const commit: string | undefined = typeof BUILD_COMMIT === 'string' && BUILD_COMMIT !== '' ? BUILD_COMMIT : undefined
