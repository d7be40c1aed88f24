import type { Recognizer } from '../recognizer.ts'
import { accessCode } from './access-code.ts'
import { accountLabel } from './account-label.ts'
import { anthropicKey } from './anthropic-key.ts'
import { authorization } from './authorization.ts'
import { awsKey } from './aws-key.ts'
import { bareKey } from './bare-key.ts'
import { chatNick } from './chat-nick.ts'
import { clientOption } from './client-option.ts'
import { codeCredential } from './code-credential.ts'
import { commandSecret } from './command-secret.ts'
import { credentialLine } from './credential-line.ts'
import { devicePrompt } from './device-prompt.ts'
import { deviceSecret } from './device-secret.ts'
import { email } from './email.ts'
import { encodedKey } from './encoded-key.ts'
import { fileOwner } from './file-owner.ts'
import { fleetName } from './fleet-name.ts'
import { fqdn, fqdnOfThree } from './fqdn.ts'
import { githubToken } from './github-token.ts'
import { gitlabToken } from './gitlab-token.ts'
import { guestTable } from './guest-table.ts'
import { headerKey } from './header-key.ts'
import { homePath } from './home-path.ts'
import { hostLabel, hostLabelOfField } from './host-label.ts'
import { hostList } from './host-list.ts'
import { hostReport } from './host-report.ts'
import { hostSetting } from './host-setting.ts'
import { hostWord } from './host-word.ts'
import { hostsFile } from './hosts-file.ts'
import { infixToken } from './infix-token.ts'
import { internalHost } from './internal-host.ts'
import { ipv4 } from './ipv4.ts'
import { ipv4Residue } from './ipv4-residue.ts'
import { ipv6 } from './ipv6.ts'
import { jwt } from './jwt.ts'
import { logUser } from './log-user.ts'
import { mac } from './mac.ts'
import { machineName } from './machine-name.ts'
import { messageHost } from './message-host.ts'
import { openaiKey } from './openai-key.ts'
import { passwordHash } from './password-hash.ts'
import { pem } from './pem.ts'
import { proxmoxNode } from './proxmox-node.ts'
import { registryLogin } from './registry-login.ts'
import { remotePath } from './remote-path.ts'
import { secret } from './secret.ts'
import { sentenceSecret } from './sentence-secret.ts'
import { serial } from './serial.ts'
import { sessionId } from './session-id.ts'
import { slackToken } from './slack-token.ts'
import { spokenSecret } from './spoken-secret.ts'
import { sshKey } from './ssh-key.ts'
import { syslogHost } from './syslog-host.ts'
import { taggedHost, taggedSecret, taggedUser } from './tagged.ts'
import { telegramToken } from './telegram-token.ts'
import { toldHost } from './told-host.ts'
import { toldToken } from './told-token.ts'
import { toldUser } from './told-user.ts'
import { toolSecret } from './tool-secret.ts'
import { uncPath } from './unc-path.ts'
import { urlCredential } from './url-credential.ts'
import { urlHost } from './url-host.ts'
import { urlSecret } from './url-secret.ts'
import { userAtHost } from './user-at-host.ts'
import { userCommand } from './user-command.ts'
import { userLabel, userLabelOfField } from './user-label.ts'
import { vendorToken } from './vendor-token.ts'
import { wireguardKey } from './wireguard-key.ts'

/** Every recognizer of free text. Of two that overlap, the one that stands first names what is hidden. */
export const fullRecognizers: readonly Recognizer[] = [
  ...[pem, encodedKey, authorization, wireguardKey, urlCredential, commandSecret, registryLogin, clientOption],
  ...[
    githubToken,
    gitlabToken,
    anthropicKey,
    openaiKey,
    awsKey,
    slackToken,
    telegramToken,
    jwt,
    vendorToken,
    infixToken,
    sshKey,
    passwordHash,
  ],
  ...[credentialLine, codeCredential, deviceSecret, toolSecret],
  ...[
    secret,
    spokenSecret,
    accessCode,
    bareKey,
    headerKey,
    urlSecret,
    toldToken,
    sentenceSecret,
    sessionId,
    email,
    mac,
    ipv6,
    ipv4,
    ipv4Residue,
  ],
  ...[userAtHost, homePath, userLabel, toldUser, userCommand, accountLabel, logUser, chatNick, fileOwner, serial, uncPath, remotePath],
  ...[
    urlHost,
    internalHost,
    fqdn,
    hostLabel,
    hostSetting,
    hostList,
    guestTable,
    toldHost,
    syslogHost,
    messageHost,
    machineName,
    fleetName,
    hostWord,
    hostReport,
    devicePrompt,
    proxmoxNode,
    hostsFile,
  ],
  ...[taggedSecret, taggedUser, taggedHost],
]

const freeTextOnly: ReadonlySet<Recognizer> = new Set([
  hostsFile,
  fileOwner,
  remotePath,
  clientOption,
  credentialLine,
  userCommand,
  toldUser,
  codeCredential,
  deviceSecret,
  logUser,
  messageHost,
  machineName,
  spokenSecret,
  accessCode,
  headerKey,
  urlSecret,
  toldToken,
  sentenceSecret,
  accountLabel,
  fleetName,
  hostWord,
  hostReport,
  devicePrompt,
  toolSecret,
  hostSetting,
  hostList,
  guestTable,
  chatNick,
  toldHost,
  taggedSecret,
  taggedUser,
  taggedHost,
])

/** Rules that need a stronger sign in a short field. */
const ofField: ReadonlyMap<Recognizer, Recognizer> = new Map([
  [fqdn, fqdnOfThree],
  [hostLabel, hostLabelOfField],
  [userLabel, userLabelOfField],
])

/** What short fields are read with: names of products look like domains and prose does not occur, so only labels with their sign count and two parts make no domain. */
export const fieldRecognizers: readonly Recognizer[] = fullRecognizers
  .filter((recognizer) => !freeTextOnly.has(recognizer))
  .map((recognizer) => ofField.get(recognizer) ?? recognizer)

/** Every label that may stand in a cloaked text. */
export const allLabels: readonly string[] = [
  ...new Set(['<hidden>', ...fullRecognizers.flatMap(({ label, otherLabels = [] }) => [label, ...otherLabels])]),
]
