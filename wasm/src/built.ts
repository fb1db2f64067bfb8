// Names that only the build knows: which app this is, and where the hashed files lie.
declare const MACHI_APP: 'citizen' | 'desk' | 'notices' | 'support';
declare const MACHI_FILES: { worker: string; core: string; notices_worker: string; support_worker: string; beside: Record<string, { core: string; size: number }>; scanner_worker: string; scanner: string; paper_worker: string; photo_worker: string; chart: string; paper_font: string; names_font: string; regular: string; bold: string; words: Record<string, string>; page_words: Record<string, string> };

export const kApp = MACHI_APP;
export const kFiles = MACHI_FILES;
