/** Sending a file, with its progress. `fetch` cannot tell how far an upload is, so this is an XMLHttpRequest. */
import { currentLocale } from '@/shared/i18n/locale'
import { csrfToken } from './cookies'

export interface Uploaded {
  id: string
  url: string
}

export interface UploadRefusal {
  code: string
  message: string
}

export function sendPicture(file: File, onProgress: (part: number) => void, signal?: AbortSignal): Promise<Uploaded | UploadRefusal> {
  return postFile('/upload', file, readAnswer, onProgress, signal)
}

/** Send one file to an address; `read` makes the answer of what came back. */
export function postFile<Answer>(
  address: string, file: File, read: (request: XMLHttpRequest) => Answer, onProgress: (part: number) => void, signal?: AbortSignal,
): Promise<Answer | UploadRefusal> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append('file', file)
    request.open('POST', address)
    request.setRequestHeader('X-CSRFToken', csrfToken())
    request.setRequestHeader('Accept-Language', currentLocale())
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onload = () => resolve(read(request))
    request.onerror = () => resolve({ code: 'OFFLINE', message: '' })
    request.onabort = () => resolve({ code: 'ABORTED', message: '' })
    signal?.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

function readAnswer(request: XMLHttpRequest): Uploaded | UploadRefusal {
  try {
    const said = JSON.parse(request.responseText) as Partial<Uploaded & UploadRefusal>
    if (said.id && said.url) return { id: said.id, url: said.url }
    return { code: said.code ?? 'INTERNAL', message: said.message ?? '' }
  } catch {
    return { code: request.status === 413 ? 'TOO_LARGE' : 'INTERNAL', message: '' }
  }
}
