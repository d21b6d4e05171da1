import { csrfToken } from "@/api/client";
import { problemFrom } from "@/api/problem";
import type { Started } from "@/api/types";

/** Hands an archive over; `onShare` hears how much of it (0 to 1) has gone. Only this way of asking tells that. */
export function restoreArchive(file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<Started> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", "/api/imports/archive");
    request.setRequestHeader("X-CSRF-Token", csrfToken());
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onShare(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status < 300) {
        resolve(JSON.parse(request.responseText) as Started);
        return;
      }
      const headers = { "content-type": request.getResponseHeader("content-type") ?? "" };
      problemFrom(new Response(request.responseText, { status: request.status, headers })).then(reject, reject);
    };
    request.onerror = () => {
      reject(new TypeError("The server can't be reached"));
    };
    request.onabort = () => {
      reject(new DOMException("Canceled", "AbortError"));
    };
    signal.addEventListener("abort", () => {
      request.abort();
    });
    request.send(body);
  });
}
