/** Sending a file to the desk: a video, a model, a document or a table. */
import { currentLocale } from '@/shared/i18n/locale'
import { csrfToken } from '@/shared/lib/cookies'

export interface SentFile { id: string; kind: string; mediaType: string; sizeBytes: number }
export interface FileRefusal { code: string; message: string }

export function sendFile(file: File, onProgress: (part: number) => void = () => undefined): Promise<SentFile | FileRefusal> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append('file', file)
    request.open('POST', '/catalogue/files')
    request.setRequestHeader('X-CSRFToken', csrfToken())
    request.setRequestHeader('Accept-Language', currentLocale())
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onload = () => {
      try {
        resolve(JSON.parse(request.responseText) as SentFile | FileRefusal)
      } catch {
        resolve({ code: 'INTERNAL', message: '' })
      }
    }
    request.onerror = () => resolve({ code: 'OFFLINE', message: '' })
    request.send(body)
  })
}

export const isSent = (answer: SentFile | FileRefusal): answer is SentFile => 'id' in answer
export const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(bytes < 1_048_576 ? 2 : 1)} MB`
