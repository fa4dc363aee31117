import { Component, type ReactNode } from 'react'

/** Properties of {@link FaultBoundary}. */
export interface FaultBoundaryProps {
  readonly children: ReactNode
  /** What is shown instead of what broke. */
  readonly fallback: ReactNode
  /** When this changes, what broke is tried anew: the address of the page. */
  readonly place: string
}

interface FaultState {
  readonly isBroken: boolean
  readonly place: string
}

/** Keeps a fault of ours where it happened, so that the rest of the page goes on. */
export class FaultBoundary extends Component<FaultBoundaryProps, FaultState> {
  override state: FaultState = { isBroken: false, place: this.props.place }

  static getDerivedStateFromError(): Partial<FaultState> {
    return { isBroken: true }
  }

  static getDerivedStateFromProps(
    { place }: FaultBoundaryProps,
    before: FaultState,
  ): FaultState | null {
    return place === before.place ? null : { isBroken: false, place }
  }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.fallback : this.props.children
  }
}
