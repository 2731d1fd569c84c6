// What stands around every page: the name, where one can go, language, appearance, signing out, and whether the connection
// holds.

import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { announcement } from './announce.ts'
import { chooseLocale, locale, t } from './language.ts'
import { connection } from './live.ts'
import { MarkIcon, MoonIcon, SignOutIcon, SunIcon, SystemIcon } from './parts/icons.tsx'
import { route } from './router.ts'
import type { Route } from './routes.ts'
import { signOut, type User } from './session.ts'
import { nextTheme, theme } from './theme.ts'

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
            <span class="top-person" title={t('app.signed-in-as', { name: user.name, role: t(`role.${user.role}`) })}>
              <span class="top-name">{user.name}</span>
              <span class="top-role">{t(`role.${user.role}`)}</span>
            </span>
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

function Navigation() {
  const kind: Route['kind'] = route.value.kind
  const isEditions = kind === 'editions' || kind === 'edition'
  const isDisputes = kind === 'disputes' || kind === 'dispute'
  return (
    <nav class="top-navigation" aria-label={t('app.navigation')}>
      <a href="/" aria-current={isEditions || isDisputes ? undefined : 'page'}>
        {t('book.title')}
      </a>
      <a href="/disputes" aria-current={isDisputes ? 'page' : undefined}>
        {t('disputes.title')}
      </a>
      <a href="/editions" aria-current={isEditions ? 'page' : undefined}>
        {t('editions.title')}
      </a>
    </nav>
  )
}

function ConnectionNotice() {
  const text = !isOnline.value ? t('app.offline') : connection.value === 'lost' ? t('app.reconnecting') : undefined
  return (
    <div class="connection" role="status">
      {text === undefined ? null : <p>{text}</p>}
    </div>
  )
}
