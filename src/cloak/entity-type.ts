/** Whom or what a kind of personal data is about. */
export const entityCategories = ['personal', 'financial', 'organizational', 'legal', 'technical', 'other'] as const
export type EntityCategory = (typeof entityCategories)[number]

/** One kind of personal data: what it is filed under and what is taken for it. */
type EntityFacts = {
  readonly category: EntityCategory
  readonly meaning: string
  /** Found only where it is asked for by name: harmless in most texts. */
  readonly isOptional?: true
}

/** The one list of what can be found in a text. The names are those of the API; a recognizer says which of them it finds. */
export const entityTypes = {
  PERSON: { category: 'personal', meaning: 'Names of people.' },
  ORGANIZATION: { category: 'organizational', meaning: 'Names of companies, authorities and associations.' },
  LOCATION: { category: 'personal', meaning: 'Names of towns, regions and countries.' },
  ADDRESS: { category: 'personal', meaning: 'Streets with their number, post boxes, and post codes with their town.' },
  DATE_TIME: { category: 'personal', meaning: 'Dates in prose and of births; the time stamps of logs stay.' },
  NRP: { category: 'personal', meaning: 'Nationalities, religions and political groups that somebody is said to belong to.' },
  EMAIL_ADDRESS: { category: 'personal', meaning: 'Mail addresses, also below internal endings and encoded as in URLs.' },
  PHONE_NUMBER: { category: 'personal', meaning: 'Telephone numbers that exist in the plan of their country.' },
  USERNAME: { category: 'personal', meaning: 'Names of accounts of people; accounts that systems come with stay.' },
  HOME_PATH: { category: 'personal', meaning: 'Names of people in the paths of their home folders.' },
  US_SSN: { category: 'personal', meaning: 'Social security numbers of the United States.' },
  US_PASSPORT: { category: 'personal', meaning: 'Passport numbers of the United States.' },
  US_DRIVER_LICENSE: { category: 'personal', meaning: 'Driver license numbers of the United States.' },
  MEDICAL_LICENSE: { category: 'personal', meaning: 'DEA numbers of prescribers in the United States, by their check digit.' },
  UK_NHS: { category: 'personal', meaning: 'NHS numbers of the United Kingdom, by their check digit.' },
  CREDIT_CARD: { category: 'financial', meaning: 'Numbers of payment cards, by their issuer and check digit.' },
  IBAN_CODE: { category: 'financial', meaning: 'International bank account numbers, by their country and check digits.' },
  BANK_ACCOUNT: { category: 'financial', meaning: 'Routing numbers, bank identifier codes and account numbers behind their word.' },
  US_BANK_NUMBER: { category: 'financial', meaning: 'Account numbers of banks in the United States, behind a word of banking.' },
  TAX_ID: { category: 'financial', meaning: 'Tax numbers of people and companies.' },
  CRYPTO: { category: 'financial', meaning: 'Wallets of Bitcoin, by their checksum, and of Ethereum.' },
  ACCOUNT_ID: { category: 'organizational', meaning: 'Numbers of customers, clients and members.' },
  SALESFORCE_ID: { category: 'organizational', meaning: 'Record ids of Salesforce.' },
  CASE_NUMBER: { category: 'legal', meaning: 'Numbers of cases at courts and of files.' },
  CONTRACT_NUMBER: { category: 'legal', meaning: 'Numbers of contracts, policies, orders and invoices.' },
  IP_ADDRESS: { category: 'technical', meaning: 'IPv4 and IPv6 addresses with their prefix length; versions of four parts stay.' },
  MAC_ADDRESS: { category: 'technical', meaning: 'Hardware addresses of network cards.' },
  HOSTNAME: { category: 'technical', meaning: 'Names of machines and of their shares.' },
  DOMAIN: { category: 'technical', meaning: 'Domain names below public endings.' },
  URL: { category: 'technical', meaning: 'Addresses of the web.' },
  SERIAL_NUMBER: { category: 'technical', meaning: 'Serial numbers of machines and disks.' },
  API_KEY: { category: 'technical', meaning: 'Keys and tokens of services.' },
  JWT: { category: 'technical', meaning: 'JSON web tokens.' },
  PASSWORD: { category: 'technical', meaning: 'Passwords behind their label or where a command takes one.' },
  PRIVATE_KEY: { category: 'technical', meaning: 'Private keys, in armour or behind their setting.' },
  PUBLIC_KEY: { category: 'technical', meaning: 'Public keys of SSH, which point to their owner.' },
  URL_CREDENTIALS: { category: 'technical', meaning: 'User and password before the host of a URL.' },
  UUID: { category: 'other', meaning: 'Unique identifiers, found only where they are asked for.', isOptional: true },
} as const satisfies Readonly<Record<string, EntityFacts>>

export type EntityType = keyof typeof entityTypes

/** Every name, in the order of the list. */
export const entityNames = Object.keys(entityTypes) as readonly EntityType[]

/** What is looked for where nothing is asked for by name. */
export const usualTypes: readonly EntityType[] = entityNames.filter((name) => !isOptional(entityTypes[name]))

/** Whether a name, as a request gives it, is one of the list. */
export function isEntityType(name: string): name is EntityType {
  return Object.hasOwn(entityTypes, name)
}

function isOptional(facts: EntityFacts): boolean {
  return facts.isOptional === true
}
