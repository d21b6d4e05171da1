import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { runsQuery } from "@/api/runs/list";
import { FirstMinutes } from "@/features/mailsync/FirstMinutes";
import { readsMail } from "@/lib/runs";

export function ReadingPage() {
  const { run: id } = useSearch({ from: "/framed/reading" });
  const navigate = useNavigate();
  const { data } = useQuery(runsQuery);
  const run = data?.items.find((r) => (id ? r.job_id === id : readsMail(r))) ?? null;
  return (
    <FirstMinutes
      run={run}
      onOpen={(applicationId) =>
        void (applicationId === null ? navigate({ to: "/applications" }) : navigate({ to: "/applications/$applicationId", params: { applicationId } }))
      }
      onOther={() => void navigate({ to: "/mail" })}
      onReview={() => void navigate({ to: "/review" })}
    />
  );
}
