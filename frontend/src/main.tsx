import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.layer.css";
import "./styles/tokens.css";
import "./styles/global.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Toaster } from "./components/Toaster";
import { UploadProvider } from "./features/mailsync/UploadContext";
import { createPage } from "./routes/router";
import { theme } from "./theme";

const { router, client } = createPage();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <Toaster>
            <UploadProvider>
              <RouterProvider router={router} />
            </UploadProvider>
          </Toaster>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
