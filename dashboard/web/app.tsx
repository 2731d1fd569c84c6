// Which page is shown: sign-in for nobody, else the door of the role that is signed in.

import { effect } from '@preact/signals'
import { Component, type ComponentChildren } from 'preact'
import { t } from './language.ts'
import { connection, startLive } from './live.ts'
import { keepForOffline, networkIsBack, returns } from './offline/kept.ts'
import { later } from './parts/later.tsx'
import { Failed } from './parts/notice.tsx'
import { PolicyholderDoor } from './policyholder/policyholder-door.tsx'
import { route } from './router.ts'
import { askSession, presence, type User } from './session.ts'
import { followSettings, units } from './settings/own-settings.ts'
import { Shell } from './shell.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { isProofWanted } from './step-up.ts'

const InsurerDoor = later(async () => (await import('./insurer/insurer-door.tsx')).InsurerDoor)
const MakerDoor = later(async () => (await import('./maker/maker-door.tsx')).MakerDoor)
const TesterDoor = later(async () => (await import('./tester/tester-door.tsx')).TesterDoor)
const AccountPage = later(async () => (await import('./account/account-page.tsx')).AccountPage)
const InvitationPage = later(async () => (await import('./account/invitation-page.tsx')).InvitationPage)
const VerifyPage = later(async () => (await import('./verify/verify-page.tsx')).VerifyPage)
const StepUpDialog = later(async () => (await import('./account/step-up-dialog.tsx')).StepUpDialog)

effect(() => {
  const now = presence.value
  if (now.kind === 'somebody' && (now.user.role === 'policyholder' || now.user.role === 'insurer')) startLive()
  if (now.kind === 'somebody') followSettings(now.user.role)
  if (now.kind === 'somebody' && now.user.role === 'policyholder') void keepForOffline()
})
effect(() => {
  if (connection.value === 'open') networkIsBack()
})
addEventListener('online', networkIsBack)

export function App() {
  const now = presence.value
  const place = route.value
  if (place.kind === 'invitation' && now.kind !== 'asking')
    return <InvitationPage token={place.token} signedInAs={now.kind === 'somebody' ? now.user.name : undefined} />
  if (place.kind === 'verify') return <VerifyPage key={place.code} code={place.code} />
  switch (now.kind) {
    case 'asking':
      return <main class="splash" aria-busy="true" aria-label={t('app.loading')} />
    case 'nobody':
      return <SignInPage wasSignedIn={now.wasSignedIn} />
    case 'unreachable':
      return (
        <main class="splash">
          <Failed failure={now.failure} retry={() => void askSession()} />
        </main>
      )
    case 'somebody':
      return (
        <Shell user={now.user}>
          <Guard key={`${now.user.id} ${units.value} ${returns.value}`}>
            {place.kind === 'account' ? <AccountPage /> : <Door user={now.user} />}
          </Guard>
          {isProofWanted.value ? <StepUpDialog /> : null}
        </Shell>
      )
  }
}

function Door({ user }: { readonly user: User }) {
  switch (user.role) {
    case 'policyholder':
      return <PolicyholderDoor route={route.value} />
    case 'insurer':
      return <InsurerDoor route={route.value} />
    case 'maker':
      return <MakerDoor route={route.value} />
    case 'tester':
      return <TesterDoor route={route.value} />
  }
}

/** A mistake of ours in one page leaves the header usable and says so. */
class Guard extends Component<{ readonly children: ComponentChildren }, { readonly isBroken: boolean }> {
  static override getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override state = { isBroken: false }

  override render() {
    if (!this.state.isBroken) return this.props.children
    return (
      <div class="notice notice-failed" role="alert">
        <p class="notice-title">{t('app.error.title')}</p>
        <p class="notice-text">{t('app.error.broken')}</p>
        <button type="button" class="button" onClick={() => location.reload()}>
          {t('app.reload')}
        </button>
      </div>
    )
  }
}
