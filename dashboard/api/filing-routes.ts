// The filing pack of an edition, for insurers.

import Type from 'typebox'
import { filingOf } from '../../pricing/filing/filed-edition.ts'
import { filingPack } from '../filing/filing-pack.ts'
import { isLocale, locales } from '../messages/locale.ts'
import { EditionReference, insurer, refuseEdition } from './edition-answers.ts'
import { fields, guardedRoute, noInput } from './route.ts'

export const filingRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/editions/:id/filing.zip',
    summary:
      'The filing pack of an edition: documents, tables, dislocation, the edition itself and a manifest with their hashes.',
    roles: insurer,
    ...noInput,
    params: fields({ id: EditionReference }),
    query: fields({ locale: Type.Optional(Type.Enum(locales)) }),
    response: Type.Unknown(),
    contentType: 'application/zip',
    async handle({ services, caller, params, query }) {
      const found = await filingOf(services.book, params.id, caller.insurerId)
      if (found.kind !== 'filing') return refuseEdition(caller, found, params.id)
      const { filing } = found
      const locale = query.locale ?? (isLocale(caller.locale) ? caller.locale : 'en')
      const bytes = await filingPack({ ...filing, locale })
      const fileName = `merit-filing-${filing.edition.planId.replaceAll(/[^A-Za-z0-9._-]/g, '-')}-${filing.edition.hash.slice(0, 12)}.zip`
      return { kind: 'file', contentType: 'application/zip', fileName, bytes }
    },
  }),
] as const
