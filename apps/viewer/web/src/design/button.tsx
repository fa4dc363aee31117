import type { LucideIcon } from 'lucide-react'
import { useId, type ComponentProps, type ReactNode } from 'react'
import { Link } from 'wouter'
import './button.css'

/** What a button looks like; a view has at most one `primary`. `on-panel` variants take a work's inks. */
export type ButtonVariant = 'primary' | 'outline' | 'quiet' | 'on-panel' | 'on-panel-outline'

interface ButtonLook {
  /** Default: `outline`. */
  readonly variant?: ButtonVariant
  /** `small` is 40 high, with a touch area of 44. Default: `normal`, 48. */
  readonly size?: 'normal' | 'small'
  readonly icon?: LucideIcon
  /** Filled icons: the triangle of Play. */
  readonly isIconFilled?: boolean
  readonly children: ReactNode
}

/** Properties of {@link Button}. */
export interface ButtonProps extends ButtonLook, Omit<ComponentProps<'button'>, 'children'> {
  /** At work: the words say so, and presses do nothing. */
  readonly isBusy?: boolean
  /** Why it can't be pressed now, in words that are shown under it. */
  readonly refusal?: string
}

/** A button. What can't be pressed stays reachable by keyboard and says why. */
export function Button({
  variant = 'outline',
  size = 'normal',
  icon,
  isIconFilled = false,
  isBusy = false,
  refusal,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps): ReactNode {
  const reasonId = useId()
  const isOff = isBusy || refusal !== undefined
  const button = (
    <button
      type="button"
      {...rest}
      className={buttonClass(variant, size, className)}
      aria-busy={isBusy || undefined}
      aria-disabled={isOff || rest['aria-disabled']}
      aria-describedby={refusal === undefined ? rest['aria-describedby'] : reasonId}
      onClick={isOff ? undefined : onClick}
    >
      <Face icon={icon} isIconFilled={isIconFilled}>
        {children}
      </Face>
    </button>
  )
  if (refusal === undefined) return button
  return (
    <span className="button-refused">
      {button}
      <span className="button-reason" id={reasonId}>
        {refusal}
      </span>
    </span>
  )
}

/** Properties of {@link ButtonLink}. */
export interface ButtonLinkProps extends ButtonLook {
  readonly href: string
  readonly state?: unknown
}

/** A link that looks like a {@link Button}: for what leads to another page. */
export function ButtonLink({
  href,
  state,
  variant = 'outline',
  size = 'normal',
  icon,
  isIconFilled = false,
  children,
}: ButtonLinkProps): ReactNode {
  return (
    <Link href={href} state={state} className={buttonClass(variant, size)}>
      <Face icon={icon} isIconFilled={isIconFilled}>
        {children}
      </Face>
    </Link>
  )
}

/** The same for a page of somebody else's, in a tab of its own that learns nothing of where it came from. */
export function OutsideButtonLink({
  href,
  label,
  variant = 'outline',
  size = 'normal',
  icon,
  isIconFilled = false,
  children,
}: ButtonLook & {
  readonly href: string
  /** What is read aloud. */
  readonly label: string
}): ReactNode {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      aria-label={label}
      className={buttonClass(variant, size)}
    >
      <Face icon={icon} isIconFilled={isIconFilled}>
        {children}
      </Face>
    </a>
  )
}

function Face({
  icon: Icon,
  isIconFilled,
  children,
}: {
  readonly icon: LucideIcon | undefined
  readonly isIconFilled: boolean
  readonly children: ReactNode
}): ReactNode {
  return (
    <>
      {Icon === undefined ? null : (
        <Icon
          size={20}
          strokeWidth={1.75}
          fill={isIconFilled ? 'currentColor' : 'none'}
          aria-hidden="true"
        />
      )}
      {children}
    </>
  )
}

function buttonClass(variant: ButtonVariant, size: 'normal' | 'small', more?: string): string {
  return ['button', variant, size === 'small' ? 'small' : '', more ?? ''].join(' ').trim()
}
