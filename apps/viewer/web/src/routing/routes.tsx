import { Suspense, lazy, type ReactNode } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { openLaterStrings } from '../i18n/catalogue-parts.ts'
import { useText } from '../i18n/text.tsx'
import { Missing } from '../parts/missing.tsx'
import { TonightPage } from '../pages/home/tonight-page.tsx'
import { idOfPath } from './addresses.ts'
import { Page } from './page.tsx'
import { useScrollMemory } from './scroll-memory.ts'

// The first page is Tonight; the others come when they're gone to.
const BrowsePage = lazy(async () => ({
  default: (await import('../pages/browse/browse-page.tsx')).BrowsePage,
}))
const SearchPage = lazy(async () => ({
  default: (await import('../pages/search/search-page.tsx')).SearchPage,
}))
const PersonPage = lazy(async () => ({
  default: (await import('../pages/person/person-page.tsx')).PersonPage,
}))
const ListPage = lazy(async () => {
  const [page] = await Promise.all([import('../pages/list/list-page.tsx'), openLaterStrings()])
  return { default: page.ListPage }
})
const WorkPage = lazy(async () => {
  const [page] = await Promise.all([import('../pages/work/work-page.tsx'), openLaterStrings()])
  return { default: page.WorkPage }
})
const DesignPage = lazy(async () => {
  const [page] = await Promise.all([import('../pages/design/design-page.tsx'), openLaterStrings()])
  return { default: page.DesignPage }
})
const ShelfPage = lazy(async () => {
  const [page] = await Promise.all([import('../pages/shelf/shelf-page.tsx'), openLaterStrings()])
  return { default: page.ShelfPage }
})
const SettingsPage = lazy(async () => {
  const [page] = await Promise.all([
    import('../pages/settings/settings-page.tsx'),
    openLaterStrings(),
  ])
  return { default: page.SettingsPage }
})
const CataloguesPage = lazy(async () => {
  const [page] = await Promise.all([
    import('../pages/catalogues/catalogues-page.tsx'),
    openLaterStrings(),
  ])
  return { default: page.CataloguesPage }
})
const ProfilesPage = lazy(async () => {
  const [page] = await Promise.all([
    import('../pages/profiles/profiles-page.tsx'),
    openLaterStrings(),
  ])
  return { default: page.ProfilesPage }
})
const WhoPage = lazy(async () => {
  const [page] = await Promise.all([import('../pages/profiles/who-page.tsx'), openLaterStrings()])
  return { default: page.WhoPage }
})

const KeptPage = lazy(async () => {
  const [page] = await Promise.all([import('../pages/kept/kept-page.tsx'), openLaterStrings()])
  return { default: page.KeptPage }
})
const DiagnosisPage = lazy(async () => {
  const [page] = await Promise.all([
    import('../pages/diagnosis/diagnosis-page.tsx'),
    openLaterStrings(),
  ])
  return { default: page.DiagnosisPage }
})

/** Which page an address shows. */
export function Routes(): ReactNode {
  useScrollMemory()
  return (
    <Suspense fallback={<main className="page" id="programme" />}>
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
    </Suspense>
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
