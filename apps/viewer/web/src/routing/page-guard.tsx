import { Component, type ReactNode } from 'react'

interface PageGuardProps {
  readonly fallback: ReactNode
  readonly children: ReactNode
}

/** Keeps a bug of one page from taking the bars and the film that plays with it. Key it by the page. */
export class PageGuard extends Component<PageGuardProps, { readonly isBroken: boolean }> {
  override readonly state = { isBroken: false }

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.fallback : this.props.children
  }
}
