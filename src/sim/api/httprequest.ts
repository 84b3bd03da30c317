/** The API as it is asked over HTTP. Plain data. */

/** What names of Pods' programs begin with, where the history says who acts: `pod/shop/web`. */
export const POD_ACTOR = 'pod/';

export interface HttpRequest {
  /** `GET` */
  readonly method: string;
  /** With what stands behind the `?`. */
  readonly path: string;
  /** What stands behind `Authorization: Bearer`; absent: nobody says who he is. */
  readonly token?: string;
  readonly contentType?: string;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}
