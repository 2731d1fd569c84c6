// What the pages about editions show, fetched when they are opened.

import { call } from '../client.ts'
import { asked, askedFor, wholeList } from '../resources.ts'

export const editions = asked(() => wholeList((query) => call('getEditions', { query })))
export const edition = askedFor((id) => call('getEditionsId', { params: { id } }))
export const editionCheck = askedFor((id) => call('getEditionsIdCheck', { params: { id } }))
export const editionDifference = askedFor((id) => call('getEditionsIdDifference', { params: { id } }))

/** Whatever was done with an edition shows in all of these. */
export async function refreshEdition(id: string, hasBase: boolean): Promise<void> {
  await Promise.all([
    edition(id).refresh(),
    editions.refresh(),
    editionCheck(id).refresh(),
    ...(hasBase ? [editionDifference(id).refresh()] : []),
  ])
}
