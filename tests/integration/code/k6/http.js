// Requests are synchronous in k6, so another program makes them.
import { execFileSync } from 'node:child_process'

function request (method, url, body, params = {}) {
  const args = ['-s', '-i', '-X', method, url]
  for (const [name, value] of Object.entries(params.headers || {})) args.push('-H', `${name}: ${value}`)
  if (body !== null) args.push('--data-binary', '@-')
  const text = execFileSync('curl', args, { input: body || '' }).toString()
  const end = text.indexOf('\r\n\r\n')
  const [status, ...lines] = text.slice(0, end).split('\r\n')
  const headers = {}
  for (const line of lines) headers[line.split(':')[0]] = line.slice(line.indexOf(':') + 1).trim()
  return {
    status: Number(status.split(' ')[1]),
    status_text: status.slice(status.indexOf(' ') + 1),
    error_code: 0,
    timings: { duration: 1 },
    url,
    headers,
    body: text.slice(end + 4)
  }
}

export default { request, setResponseCallback () {}, expectedStatuses () {}, file: data => data }
