// The rows of the book that say what a policyholder decided: what they are told, what is collected, what is erased.

/** The kinds of messages a person is told, in the order in which settings list them. */
export const messageKinds = ['premium', 'goal', 'dispute', 'trip', 'device', 'privacy'] as const
export type MessageKind = (typeof messageKinds)[number]

export interface PersonSettingsRow {
  user_id: string
  /** JSON: kinds of messages that are not counted as new. */
  muted: string
  /** Local hours between which nothing is sent; the first may be the later one, over midnight. */
  quiet_from_hour: number
  quiet_to_hour: number
  units: 'km' | 'mi'
  degrees: 'c' | 'f'
  /** The page that opens first. */
  opening: string
  changed_at_ms: number
}

export interface MessageReadRow {
  user_id: string
  message_id: string
  read_at_ms: number
}

export interface PersonMessageRow {
  id: string
  policy_id: string
  kind: string
  at_ms: number
  /** JSON of the figures its wording needs. */
  facts: string
}

export interface CollectionPauseRow {
  id: string
  policy_id: string
  from_ms: number
  /** Null: until it is resumed. */
  until_ms: number | null
  changed_at_ms: number
}

export interface ErasureRow {
  id: string
  policy_id: string
  asked_at_ms: number
  /** Until then it can be undone; what was measured before then is erased. */
  due_at_ms: number
  /** `journal` while edge frees its journal, `stores` while the stores are erased. */
  status: 'waiting' | 'undone' | 'journal' | 'stores' | 'done'
  changed_at_ms: number
  /** JSON: how much was erased. */
  erased: string | null
}

export interface IssuedStatementRow {
  /** Of the PDF's bytes, lower-case hex. */
  sha256: string
  premium_id: string
  issued_at_ms: number
}

export interface PersonTables {
  person_settings: PersonSettingsRow
  message_reads: MessageReadRow
  person_messages: PersonMessageRow
  collection_pauses: CollectionPauseRow
  erasures: ErasureRow
  issued_statements: IssuedStatementRow
}
