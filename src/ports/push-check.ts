/** What the doctor learns about a destination that only receives, without sending anybody anything. */
export interface PushCheck {
  readonly id: string;
  /** `reachable`: somebody answers; whether a message would be taken only a drill can tell. */
  readonly state: 'fine' | 'reachable' | 'unreachable' | 'refused';
}
