/** How far before a label the name of its setting may begin. */
const nameReach = 7

/** What a setting's name may begin with where no sign parts its words: matches `dbpass=`, must not match `bypass=`, `superuser=`. */
const beginning = /(?:^|[^a-z])(?:db|ssh|sql|smtp|mail|ftp|ldap|mqtt|imap|bind|auth|admin|user|root|rpc|web)$/i

/** Whether the letters before a label belong to the name of a setting. */
export function beginsSetting(text: string, at: number): boolean {
  return beginning.test(text.slice(Math.max(0, at - nameReach), at))
}
