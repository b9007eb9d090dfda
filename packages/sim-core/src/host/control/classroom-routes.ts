import type { Router } from 'express';
import type { ClassroomLinks } from '../../wire.ts';

/** How a class gets in, for the sandbox's own user: the page has the link as text and as a QR code, which needs no code there. */
export function addClassroomRoutes(
  api: Router,
  { classroom }: { classroom(): { readonly links: readonly string[] } | undefined },
): void {
  api.get('/classroom', async (_request, response) => {
    const { links = [] } = classroom() ?? {};
    const { qrCode } = await import('../qr-code.ts');
    const answer: ClassroomLinks = { links: links.map((url) => ({ url, qr: qrCode(url) })) };
    response.json(answer);
  });
}
