/**
 * What Matinee is compared with: a page with a button and a `<video>`, and the film, from a server that does nothing
 * but answer ranges. The film's path is its argument; prints its address as JSON.
 */
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const path = process.argv[2] ?? ''
const { size } = statSync(path)

const PAGE = `<!doctype html><meta charset="utf-8"><title>Static</title>
<style>body { margin: 0 } video { width: 100vw; height: 90vh } #bar { position: fixed; inset: auto 0 0; height: 20px }</style>
<button>Play</button><video playsinline preload="auto"></video><div id="bar"></div>
<script>
const video = document.querySelector('video')
document.querySelector('button').onclick = () => { video.src = '/film.mp4'; video.play() }
onkeydown = ({ key }) => { if (/^[0-9]$/.test(key)) video.currentTime = video.duration * key / 10 }
document.querySelector('#bar').onpointerup = ({ clientX }) => { video.currentTime = video.duration * clientX / innerWidth }
</script>`

const server = createServer((request, response) => {
  if (request.url === '/') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE)
    return
  }
  if (request.url !== '/film.mp4') {
    response.writeHead(404).end()
    return
  }
  const range = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? '')
  const start = Number(range?.[1] ?? 0)
  const last = range?.[2] ? Number(range[2]) : size - 1
  response.writeHead(range === null ? 200 : 206, {
    'content-type': 'video/mp4',
    'accept-ranges': 'bytes',
    'content-length': last - start + 1,
    ...(range === null ? {} : { 'content-range': `bytes ${start}-${last}/${size}` }),
  })
  const bytes = createReadStream(path, { start, end: last })
  response.once('close', () => bytes.destroy())
  bytes.pipe(response)
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}/` }))
})
process.on('disconnect', () => process.exit())
