// What a device maker may open: the devices, one of them, and the contract.

import { later } from '../parts/later.tsx'
import { Failed } from '../parts/notice.tsx'
import type { Route } from '../routes.ts'
import '../style/maker.css'
import { DevicePage } from './device-page.tsx'
import { DevicesPage } from './devices-page.tsx'
import { DoorNavigation } from './door-navigation.tsx'

const ContractPage = later(async () => (await import('./contract-page.tsx')).ContractPage)

export function MakerDoor({ route }: { readonly route: Route }) {
  return (
    <>
      <DoorNavigation first="nav.devices" isContract={route.kind === 'contract'} />
      <Page route={route} />
    </>
  )
}

function Page({ route }: { readonly route: Route }) {
  switch (route.kind) {
    case 'first':
      return <DevicesPage />
    case 'device':
      return <DevicePage key={route.deviceId} deviceId={route.deviceId} mayKeep />
    case 'contract':
      return <ContractPage />
    default:
      return <Failed failure={{ kind: 'not-found' }} retry={() => location.reload()} />
  }
}
