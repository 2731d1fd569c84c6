// What a tester may open: simulated fleets, one of them, the devices they are made of, and the contract.

import { DevicePage } from '../maker/device-page.tsx'
import { DoorNavigation } from '../maker/door-navigation.tsx'
import { later } from '../parts/later.tsx'
import { Failed } from '../parts/notice.tsx'
import type { Route } from '../routes.ts'
import '../style/maker.css'
import { RunPage } from './run-page.tsx'
import { RunsPage } from './runs-page.tsx'

const ContractPage = later(async () => (await import('../maker/contract-page.tsx')).ContractPage)

export function TesterDoor({ route }: { readonly route: Route }) {
  return (
    <>
      <DoorNavigation first="nav.runs" isContract={route.kind === 'contract'} />
      <Page route={route} />
    </>
  )
}

function Page({ route }: { readonly route: Route }) {
  switch (route.kind) {
    case 'first':
      return <RunsPage />
    case 'run':
      return <RunPage key={route.runId} runId={route.runId} />
    case 'device':
      return <DevicePage key={route.deviceId} deviceId={route.deviceId} mayKeep={false} />
    case 'contract':
      return <ContractPage />
    default:
      return <Failed failure={{ kind: 'not-found' }} retry={() => location.reload()} />
  }
}
