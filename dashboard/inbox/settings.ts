// What a person wants to be told, when, in which units and language, and which page opens first.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { type MessageKind, messageKinds, type PersonSettingsRow } from '../../store/book/person-rows.ts'
import type { Book } from '../../store/book/schema.ts'
import { isLocale, type Locale, locales } from '../messages/locale.ts'

/** The pages that may open first. */
export const openingPages = ['premium', 'trips', 'what-if', 'messages'] as const
const Hour = Type.Integer({ minimum: 0, maximum: 23 })

export const SettingsSchema = Type.Object(
  {
    muted: Type.Array(Type.Enum(messageKinds), { maxItems: messageKinds.length }),
    /** By the policy's clock; the first may be the later one, over midnight; the same twice is no quiet at all. */
    quietFromHour: Hour,
    quietToHour: Hour,
    units: Type.Enum(['km', 'mi'] as const),
    degrees: Type.Enum(['c', 'f'] as const),
    opening: Type.Enum(openingPages),
    locale: Type.Enum(locales),
  },
  { additionalProperties: false },
)

export type Settings = Type.Static<typeof SettingsSchema>

const mutedForm = Compile(Type.Array(Type.Enum(messageKinds)))

export const usualSettings: Omit<Settings, 'locale'> = {
  muted: [],
  quietFromHour: 21,
  quietToHour: 8,
  units: 'km',
  degrees: 'c',
  opening: 'premium',
}

export async function settingsOf(book: Book, userId: string): Promise<Settings> {
  const user = await book.selectFrom('user').select('locale').where('id', '=', userId).executeTakeFirst()
  const locale: Locale = isLocale(user?.locale) ? user.locale : 'en'
  const row = await book.selectFrom('person_settings').selectAll().where('user_id', '=', userId).executeTakeFirst()
  if (row === undefined) return { ...usualSettings, locale }
  return {
    muted: mutedIn(row),
    quietFromHour: row.quiet_from_hour,
    quietToHour: row.quiet_to_hour,
    units: row.units,
    degrees: row.degrees,
    opening: openingPages.find((page) => page === row.opening) ?? usualSettings.opening,
    locale,
  }
}

export function keepSettings(book: Book, userId: string, settings: Settings, nowMs: number): Promise<void> {
  return book.transaction().execute(async (transaction) => {
    const row = {
      muted: JSON.stringify([...new Set(settings.muted)]),
      quiet_from_hour: settings.quietFromHour,
      quiet_to_hour: settings.quietToHour,
      units: settings.units,
      degrees: settings.degrees,
      opening: settings.opening,
      changed_at_ms: nowMs,
    }
    await transaction
      .insertInto('person_settings')
      .values({ user_id: userId, ...row })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
      .execute()
    await transaction.updateTable('user').set({ locale: settings.locale }).where('id', '=', userId).execute()
  })
}

function mutedIn(row: PersonSettingsRow): MessageKind[] {
  const value: unknown = JSON.parse(row.muted)
  return mutedForm.Check(value) ? [...value] : []
}
