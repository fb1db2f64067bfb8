// The session as the drawn widgets reach it.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Session } from './session';

export const Stage = createContext<Session | null>(null);

export function use_session(): Session {
  const session = useContext(Stage);
  if (!session) throw new Error('a widget is drawn outside of a stage');
  return session;
}
