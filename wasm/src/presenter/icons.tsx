// Icons by meaning, drawn by Lucide (24 grid, 2 px round strokes). An icon is decoration: the words beside it say the same.
import type { Icon as IconName } from '../contract';
import add from 'icon:plus';
import back from 'icon:chevron-left';
import calendar from 'icon:calendar';
import camera from 'icon:camera';
import check from 'icon:check';
import clock from 'icon:clock';
import close from 'icon:x';
import edit from 'icon:pencil';
import failed from 'icon:circle-x';
import forward from 'icon:chevron-right';
import help from 'icon:circle-question-mark';
import home from 'icon:house';
import info from 'icon:info';
import language from 'icon:languages';
import lock from 'icon:lock';
import mail from 'icon:mail';
import offline from 'icon:wifi-off';
import online from 'icon:wifi';
import people from 'icon:users';
import person from 'icon:user';
import phone from 'icon:smartphone';
import picture from 'icon:image';
import retry from 'icon:refresh-cw';
import scan from 'icon:scan-line';
import school from 'icon:graduation-cap';
import search from 'icon:search';
import send from 'icon:send';
import settings from 'icon:settings';
import success from 'icon:circle-check';
import telephone from 'icon:phone';
import trash from 'icon:trash-2';
import warning from 'icon:triangle-alert';

/** What presenters add for themselves: a row that opens, an alert's mark. */
type Mark = Exclude<IconName, 'none'> | 'camera' | 'forward' | 'info' | 'success';

const kDrawings: Record<Mark, string> = {
  add, back, calendar, camera, check, clock, close, delete: trash, edit, failed, forward, help, home, info, language, lock, mail, offline,
  online, people, person, phone, picture, retry, scan, school, search, send, settings, success, telephone, warning,
};

export function Icon({ name }: { name: Mark | 'none' | undefined }) {
  if (!name || name === 'none') return null;
  return <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" data-icon={name} dangerouslySetInnerHTML={{ __html: kDrawings[name] }} />;
}

/** The product's mark, as on the app's icon. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect class="mark-ground" width="32" height="32" rx="8" />
      <path class="mark-street" d="M9 26V13a4 4 0 0 1 4-4h13" />
      <circle class="mark-light" cx="20.5" cy="20.5" r="3.5" />
    </svg>
  );
}
