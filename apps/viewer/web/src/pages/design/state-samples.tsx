import { useCallback, useState, type ReactNode } from 'react'
import { Button } from '../../design/button.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { Notice } from '../../design/notice.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { Toast } from '../../design/toast.tsx'

/** What is said, waited for, opened. */
export function StateSamples(): ReactNode {
  const [open, setOpen] = useState<'middle' | 'side' | null>(null)
  const [toast, setToast] = useState<string | null>(null)
  const hideToast = useCallback(() => setToast(null), [])
  return (
    <section>
      <h3>Notices</h3>
      <Notice
        kind="warning"
        heading="Your router lets nobody in"
        act={<Button size="small">Ask the router</Button>}
      >
        Port 51413 is closed from outside. Open it in the router, or let Matinee ask the router to.
      </Notice>
      <Notice kind="good" heading="Other viewers">
        41 known, 9 connected.
      </Notice>
      <Notice kind="broken" heading="One catalogue mirror gave a wrong answer" />
      <Notice kind="note" heading="5 kept films play without a network" />
      <h3>Over the page</h3>
      <div className="samples">
        <Button onClick={() => setOpen('middle')}>Open a sheet</Button>
        <Button onClick={() => setOpen('side')}>Open a panel</Button>
        <Button onClick={() => setToast('Taken off your list.')}>Say something</Button>
      </div>
      {open === null ? null : (
        <Sheet
          heading="Filters"
          place={open}
          onClose={() => setOpen(null)}
          foot={
            <Button variant="primary" onClick={() => setOpen(null)}>
              Show 188 films
            </Button>
          }
        >
          <p>What has to be left before going on.</p>
        </Sheet>
      )}
      <Toast words={toast} onGone={hideToast} act={{ label: 'Undo', onPress: () => undefined }} />
      <h3>Nothing yet</h3>
      <EmptyState
        picture="seats"
        heading="No seats yet"
        note="Films you keep start filling them."
        act={<Button size="small">See what’s on</Button>}
      />
      <EmptyState picture="screen" heading="Nothing found" note="Fewer filters show more films." />
      <EmptyState picture="beam" heading="Nothing here" note="What you begin stands here." />
      <h3>On its way</h3>
      <div className="samples">
        <div className="poster-sample">
          <Skeleton shape="poster" />
        </div>
        <div className="still-sample">
          <Skeleton shape="still" />
          <Skeleton shape="line" />
        </div>
      </div>
    </section>
  )
}
