// What a device maker may open: the devices, and what was refused from one of them.

import { Failed } from '../parts/notice.tsx'
import type { Route } from '../routes.ts'
import { DevicesPage } from './devices-page.tsx'
import { QuarantinePage } from './quarantine-page.tsx'

export function MakerDoor({ route }: { readonly route: Route }) {
  switch (route.kind) {
    case 'first':
      return <DevicesPage />
    case 'device':
      return <QuarantinePage key={route.deviceId} deviceId={route.deviceId} />
    default:
      return <Failed failure={{ kind: 'not-found' }} retry={() => location.reload()} />
  }
}
