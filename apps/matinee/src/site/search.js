/**
 * The search of a site's pages. It reads works.json when somebody begins to type, and shows what it finds as text and links
 * of this site. Without it everything else works.
 */
const MOST = 12
const form = document.querySelector('.search')
const field = document.querySelector('#search')
const list = document.querySelector('.results')
const found = document.querySelector('.found')

/** @param {string} text */
function fold(text) {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

let works = null
function readWorks() {
  works ??= fetchWorks().catch((error) => {
    // The next letter that is typed asks again.
    works = null
    throw error
  })
  return works
}

async function fetchWorks() {
  const answer = await fetch(`${form.dataset.root}works.json`)
  if (!answer.ok) throw new Error(`works.json: ${answer.status}`)
  return answer.json()
}

function sayFailed() {
  list.replaceChildren()
  found.textContent = form.dataset.failed
}

async function show() {
  const words = fold(field.value).split(/\s+/u).filter(Boolean)
  if (words.length === 0) {
    list.replaceChildren()
    found.textContent = ''
    return
  }
  const all = await readWorks()
  const hits = all.filter(([title, facts, others]) => {
    const text = fold(`${title} ${facts} ${others}`)
    return words.every((word) => text.includes(word))
  })
  found.textContent = form.dataset.found.replace('{{count}}', String(hits.length))
  list.replaceChildren(
    ...hits.slice(0, MOST).map(([title, facts, , path]) => {
      const link = document.createElement('a')
      link.href = `${form.dataset.root}${path}`
      link.dir = 'auto'
      link.textContent = title
      const said = document.createElement('span')
      said.className = 'card-facts'
      said.textContent = facts
      const line = document.createElement('li')
      line.append(link, said)
      return line
    }),
  )
}

if (form && field && list && found) {
  form.hidden = false
  field.addEventListener('input', () => void show().catch(sayFailed))
}
