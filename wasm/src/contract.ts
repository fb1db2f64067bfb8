// The one door to the types that the core generates from its own (core/screen/node.h, core/app/event.h, effect.h).
// Fields that hold their default are left out of the JSON: so every reader here says its default beside the field.
export type {
  Action, Column, Effect, Event, Icon, Importance, Kind, Node as ScreenNode, Option, Paper, PaperTable, Role, Screen, State, Tone,
} from 'machi-types';
