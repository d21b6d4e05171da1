import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useLogout } from "@/api/auth/logout";
import { authStatusQuery } from "@/api/auth/status";
import { useToasts } from "@/components/Toaster";

/** Signs out and leaves for the sign-in page; only then forgets what was read, so that nothing asks for it again. */
export function useSignOut(): { signOut: () => void; isPending: boolean } {
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const toasts = useToasts();
  const logout = useLogout();
  const signOut = () => {
    logout.mutate(undefined, {
      onSuccess: async () => {
        client.setQueryData(authStatusQuery.queryKey, (status) => status && { ...status, authenticated: false, user: null });
        await navigate({ to: "/sign-in" });
        client.clear();
        await router.invalidate();
      },
      onError: toasts.fail,
    });
  };
  return { signOut, isPending: logout.isPending };
}
