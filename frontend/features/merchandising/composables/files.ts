/** Sending a file to the desk: a video, a model, a document or a table. */
import { postFile, type UploadRefusal } from '@/shared/lib/upload'

export interface SentFile { id: string; kind: string; mediaType: string; sizeBytes: number }

export function sendFile(file: File, onProgress: (part: number) => void = () => undefined): Promise<SentFile | UploadRefusal> {
  return postFile('/catalogue/files', file, readAnswer, onProgress)
}

function readAnswer(request: XMLHttpRequest): SentFile | UploadRefusal {
  try {
    return JSON.parse(request.responseText) as SentFile | UploadRefusal
  } catch {
    return { code: 'INTERNAL', message: '' }
  }
}

export const isSent = (answer: SentFile | UploadRefusal): answer is SentFile => 'id' in answer
export const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(bytes < 1_048_576 ? 2 : 1)} MB`
