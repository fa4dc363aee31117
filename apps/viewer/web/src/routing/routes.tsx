import type { ReactNode } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { useText } from '../i18n/text.tsx'
import { later } from '../parts/later.tsx'
import { Missing } from '../parts/missing.tsx'
import { TonightPage } from '../pages/home/tonight-page.tsx'
import { idOfPath } from './addresses.ts'
import { Page } from './page.tsx'
import { useScrollMemory } from './scroll-memory.ts'

// The first page is Tonight; the others come when they're gone to.
const meanwhile = <main className="page" id="programme" />
const QUIET = { meanwhile }
const WORDY = { meanwhile, hasWords: true }
const BrowsePage = later(
  async () => (await import('../pages/browse/browse-page.tsx')).BrowsePage,
  QUIET,
)
const SearchPage = later(
  async () => (await import('../pages/search/search-page.tsx')).SearchPage,
  QUIET,
)
const PersonPage = later(
  async () => (await import('../pages/person/person-page.tsx')).PersonPage,
  QUIET,
)
const ListPage = later(async () => (await import('../pages/list/list-page.tsx')).ListPage, WORDY)
const WorkPage = later(async () => (await import('../pages/work/work-page.tsx')).WorkPage, WORDY)
const DesignPage = later(
  async () => (await import('../pages/design/design-page.tsx')).DesignPage,
  WORDY,
)
const ShelfPage = later(
  async () => (await import('../pages/shelf/shelf-page.tsx')).ShelfPage,
  WORDY,
)
const SettingsPage = later(
  async () => (await import('../pages/settings/settings-page.tsx')).SettingsPage,
  WORDY,
)
const CataloguesPage = later(
  async () => (await import('../pages/catalogues/catalogues-page.tsx')).CataloguesPage,
  WORDY,
)
const ProfilesPage = later(
  async () => (await import('../pages/profiles/profiles-page.tsx')).ProfilesPage,
  WORDY,
)
const WhoPage = later(async () => (await import('../pages/profiles/who-page.tsx')).WhoPage, WORDY)
const KeptPage = later(async () => (await import('../pages/kept/kept-page.tsx')).KeptPage, WORDY)
const DiagnosisPage = later(
  async () => (await import('../pages/diagnosis/diagnosis-page.tsx')).DiagnosisPage,
  WORDY,
)

/** Which page an address shows. */
export function Routes(): ReactNode {
  useScrollMemory()
  return (
    <Switch>
      <Route path="/">
        <TonightPage />
      </Route>
      <Route path="/films">
        <BrowsePage key="films" kind="feature" />
      </Route>
      <Route path="/shorts">
        <BrowsePage key="shorts" kind="short" />
      </Route>
      <Route path="/series">
        <BrowsePage key="series" kind="series" />
      </Route>
      <Route path="/browse">
        <BrowsePage key="browse" kind={null} />
      </Route>
      <Route path="/search">
        <SearchPage />
      </Route>
      <Route path="/work/:id">
        <WithId>{(id) => <WorkPage key={id} workId={id} />}</WithId>
      </Route>
      <Route path="/people/:id">
        <WithId>{(id) => <PersonPage key={id} personId={id} />}</WithId>
      </Route>
      <Route path="/list/:id">
        <WithId>{(id) => <ListPage key={id} listId={id} />}</WithId>
      </Route>
      <Route path="/shelf">
        <ShelfPage view="" />
      </Route>
      <Route path="/shelf/:view">{({ view }) => <ShelfPage view={view} />}</Route>
      <Route path="/kept">
        <KeptPage />
      </Route>
      <Route path="/settings">
        <SettingsPage />
      </Route>
      <Route path="/settings/catalogues">
        <CataloguesPage />
      </Route>
      <Route path="/settings/profiles">
        <ProfilesPage />
      </Route>
      <Route path="/diagnosis">
        <DiagnosisPage />
      </Route>
      <Route path="/who">
        <WhoPage />
      </Route>
      <Route path="/design">
        <DesignPage />
      </Route>
      <Route>
        <MissingPage />
      </Route>
    </Switch>
  )
}

/** The id of the address as the browser has it: the router's own is decoded once already. */
function WithId({ children }: { readonly children: (id: string) => ReactNode }): ReactNode {
  useLocation()
  const id = idOfPath(location.pathname)
  return id === null ? <MissingPage /> : children(id)
}

function MissingPage(): ReactNode {
  const { say } = useText()
  return (
    <Page title={say('missing.heading')}>
      <h1 className="for-readers">{say('missing.heading')}</h1>
      <Missing />
    </Page>
  )
}
