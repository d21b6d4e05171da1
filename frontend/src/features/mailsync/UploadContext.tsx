import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { type Sending, UploadQueue } from "./uploadQueue";

const Context = createContext<UploadQueue | null>(null);

/** Files on their way stay on their way while the person goes to other pages. */
export function UploadProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const toasts = useToasts();
  const [queue] = useState(
    () =>
      new UploadQueue(client, ({ name }) => {
        toasts.say(en.upload.started(name));
      }),
  );
  return <Context.Provider value={queue}>{children}</Context.Provider>;
}

export function useUploads(): { queue: UploadQueue; sending: Sending | null } {
  const queue = useContext(Context);
  if (!queue) throw new Error("useUploads needs an UploadProvider above it");
  return { queue, sending: useSyncExternalStore(queue.subscribe, queue.current) };
}
