declare const htmlBrand: unique symbol

/** HTML in which every stranger's text is text: made by {@link html} and nothing else. */
export interface Html {
  readonly [htmlBrand]: true
}

const texts = new WeakMap<Html, string>()

/** HTML out of a template of ours: what is put in is escaped unless it's {@link Html} itself. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const filled = parts.map((part, index) => {
    const value = values[index]
    return (
      part +
      (value === undefined ? '' : typeof value === 'string' ? escape(value) : htmlText(value))
    )
  })
  return made(filled.join(''))
}

/** Several, one behind the other. */
export function joined(parts: readonly Html[], between?: Html): Html {
  return made(parts.map(htmlText).join(between === undefined ? '' : htmlText(between)))
}

/** A link to a web page; anything but http and https is shown as text. */
export function linkTo(url: string, text: string): Html {
  const isWeb = /^https?:\/\//u.test(url)
  return isWeb ? html`<a href="${url}" rel="noreferrer">${text}</a>` : html`${text}`
}

/** The characters of it. */
export function htmlText(part: Html): string {
  return texts.get(part) ?? ''
}

function made(text: string): Html {
  const part = Object.freeze({}) as Html
  texts.set(part, text)
  return part
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => ESCAPES[character] ?? '')
}
