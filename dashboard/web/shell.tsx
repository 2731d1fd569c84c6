// What stands around every page: the name, where one can go, language, appearance, signing out, and whether the connection
// holds.

import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { formatDateTime, formatDuration } from '../messages/format.ts'
import { announcement } from './announce.ts'
import { chooseLocale, locale, t } from './language.ts'
import { connection } from './live.ts'
import { keptAtMs } from './offline/kept.ts'
import { MarkIcon, MessagesIcon, MoonIcon, PersonIcon, SettingsIcon, SignOutIcon, SunIcon, SystemIcon } from './parts/icons.tsx'
import { route } from './router.ts'
import type { Route } from './routes.ts'
import { signOut, type User } from './session.ts'
import { nextTheme, theme } from './theme.ts'
import { askUnread, unread } from './unread.ts'
import { viewerTimeZone } from './viewer-time-zone.ts'

const isOnline = signal(navigator.onLine)
addEventListener('online', () => {
  isOnline.value = true
})
addEventListener('offline', () => {
  isOnline.value = false
})

export function Shell({ user, children }: { readonly user: User; readonly children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#content">
        {t('app.skip')}
      </a>
      <header class="top">
        <div class="top-inner">
          <Wordmark />
          {user.role === 'insurer' ? <Navigation /> : null}
          <div class="top-tools">
            <a
              class="top-person"
              href="/account"
              title={t('app.signed-in-as', { name: user.name, role: t(`role.${user.role}`) })}
            >
              <span class="top-name">{user.name}</span>
              <span class="top-role">{t(`role.${user.role}`)}</span>
            </a>
            {/* A policyholder's settings lead there; a phone has no room for both. */}
            {user.role === 'policyholder' ? null : (
              <a class="tool top-account" href="/account" title={t('app.account')} aria-label={t('app.account')}>
                <PersonIcon />
              </a>
            )}
            {user.role === 'policyholder' ? <OwnLinks key={user.id} /> : null}
            <Switches />
            <button
              type="button"
              class="tool"
              title={t('app.sign-out')}
              aria-label={t('app.sign-out')}
              onClick={() => void signOut()}
            >
              <SignOutIcon />
            </button>
          </div>
        </div>
      </header>
      <ConnectionNotice />
      <main id="content" class="page" tabIndex={-1}>
        {children}
      </main>
      <p class="for-screen-readers" aria-live="polite">
        {announcement.value}
      </p>
    </>
  )
}

function OwnLinks() {
  return (
    <>
      <MessagesLink />
      <a
        class="tool"
        href="/settings"
        title={t('app.settings')}
        aria-label={t('app.settings')}
        aria-current={route.value.kind === 'settings' ? 'page' : undefined}
      >
        <SettingsIcon />
      </a>
    </>
  )
}

function MessagesLink() {
  const place = route.value
  useEffect(() => {
    void askUnread()
  }, [place])
  const count = unread.value
  const name = count === 0 ? t('app.messages') : t('app.messages.new', { count })
  return (
    <a
      class="tool top-messages"
      href="/messages"
      title={name}
      aria-label={name}
      aria-current={place.kind === 'messages' ? 'page' : undefined}
    >
      <MessagesIcon />
      {count === 0 ? null : <span class="top-unread">{count > 99 ? '99+' : count}</span>}
    </a>
  )
}

export function Wordmark() {
  return (
    <a class="wordmark" href="/" aria-label={`${t('app.name')}: ${t('app.back-home')}`}>
      <MarkIcon />
      <span>{t('app.name')}</span>
    </a>
  )
}

/** Language and appearance; also on the sign-in page. */
export function Switches() {
  const isEnglish = locale.value === 'en'
  const appearance = `${t('app.theme')}: ${t(`app.theme.${theme.value}`)}`
  return (
    <>
      <button
        type="button"
        class="tool tool-text"
        lang={isEnglish ? 'zh-CN' : 'en'}
        onClick={() => void chooseLocale(isEnglish ? 'zh-CN' : 'en')}
      >
        {isEnglish ? '中文' : 'English'}
      </button>
      <button type="button" class="tool" title={appearance} aria-label={appearance} onClick={nextTheme}>
        {theme.value === 'light' ? <SunIcon /> : theme.value === 'dark' ? <MoonIcon /> : <SystemIcon />}
      </button>
    </>
  )
}

/** What an insurer's head leads to, and the pages that belong to each. */
const insurerPlaces = [
  { href: '/', title: 'book.title', kinds: ['first', 'policy', 'trip'] },
  { href: '/disputes', title: 'disputes.title', kinds: ['disputes', 'dispute'] },
  { href: '/editions', title: 'editions.title', kinds: ['editions', 'edition', 'replay'] },
  { href: '/people', title: 'people.title', kinds: ['people'] },
  { href: '/audit', title: 'navigation.audit', kinds: ['audit'] },
] as const

function Navigation() {
  const kind: Route['kind'] = route.value.kind
  return (
    <nav class="top-navigation" aria-label={t('app.navigation')}>
      {insurerPlaces.map(({ href, title, kinds }) => (
        <a key={href} href={href} aria-current={kinds.some((own) => own === kind) ? 'page' : undefined}>
          {t(title)}
        </a>
      ))}
    </nav>
  )
}

/** While what is shown was kept on this device: from when it is. */
function keptText(): string | undefined {
  const atMs = keptAtMs.value
  if (atMs === undefined) return undefined
  const at = formatDateTime(atMs, locale.value, viewerTimeZone)
  const age = formatDuration((Date.now() - atMs) / 1000, locale.value)
  return t(isOnline.value ? 'app.unreachable.kept' : 'app.offline.kept', { at, age })
}

function ConnectionNotice() {
  const text =
    keptText() ?? (!isOnline.value ? t('app.offline') : connection.value === 'lost' ? t('app.reconnecting') : undefined)
  return (
    <div class="connection" role="status">
      {text === undefined ? null : <p>{text}</p>}
    </div>
  )
}
