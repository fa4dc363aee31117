import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import './icon-button.css'

/** Properties of {@link IconButton}. */
export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  readonly icon: LucideIcon
  /** What it does, for those who don't see the picture. */
  readonly label: string
  /** With a border, as beside other buttons. Default: none. */
  readonly isOutlined?: boolean
}

/** A button that is a picture, 44 by 44. */
export function IconButton({
  icon: Icon,
  label,
  isOutlined = false,
  className,
  ...rest
}: IconButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      className={['icon-button', isOutlined ? 'outlined' : '', className ?? ''].join(' ').trim()}
      aria-label={label}
      title={label}
    >
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
    </button>
  )
}
