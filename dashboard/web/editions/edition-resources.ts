// What the pages about editions show, fetched when they are opened.

import type { Edition, EditionCheck, EditionDetail, EditionDifference } from '../../api/edition-shapes.ts'
import { keyed, resource } from '../resources.ts'

export const editions = resource<readonly Edition[]>('editions')
export const edition = keyed<EditionDetail>((id) => `editions/${id}`)
export const editionCheck = keyed<EditionCheck>((id) => `editions/${id}/check`)
export const editionDifference = keyed<EditionDifference>((id) => `editions/${id}/difference`)

/** Whatever was done with an edition shows in all of these. */
export async function refreshEdition(id: string, hasBase: boolean): Promise<void> {
  await Promise.all([
    edition(id).refresh(),
    editions.refresh(),
    editionCheck(id).refresh(),
    ...(hasBase ? [editionDifference(id).refresh()] : []),
  ])
}
