import { useGoogleCode } from "@/api/auth/googleCode";
import { CodeForm } from "./CodeForm";

/** The second step of somebody whom Google knows. */
export function GoogleStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const send = useGoogleCode();
  return (
    <CodeForm
      error={send.error}
      isPending={send.isPending}
      onCode={(code) => {
        send.mutate(code, { onSuccess: onDone });
      }}
      onBack={onBack}
    />
  );
}
