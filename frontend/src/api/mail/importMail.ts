import { useMutation, useQueryClient } from "@tanstack/react-query";
import { upload } from "@/api/upload";
import { runsQuery } from "@/api/runs/list";
import type { Started } from "@/api/types";

export function useImportMail(onProgress: (share: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => upload<Started>("/api/imports/mail", file, onProgress),
    onSettled: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}
