// Generated from openapi/openapi.json by `npm run generate`. Do not edit.

export interface Operations {
  endShare: {
    path: {
      id: string;
      principalId: string;
    };
    response: null;
  };
  explainAccess: {
    query: {
      entity: "account" | "contact" | "opportunity" | "lead";
      id: string;
      action?: "read" | "update" | "delete";
    };
    response: {
      allowed: boolean;
      role: "admin" | "manager" | "rep" | "analyst" | "integration";
      entity: "account" | "contact" | "opportunity" | "lead";
      action: "read" | "update" | "delete";
      /**
       * What the role's rule covers
       */
      scope: "none" | "own" | "team" | "subordinates" | "all";
      /**
       * What makes the record part of the scope, or what is missing
       */
      because: "all" | "owner" | "team" | "share" | "out_of_scope" | "no_rule";
    };
  };
  getAccessPolicy: {
    response: {
      roles: {
        admin: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        manager: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        rep: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        analyst: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        integration: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
      };
      fields?: {
        manager?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
        rep?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
        analyst?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
        integration?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
      };
      version: number;
      createdAt?: string;
      updatedAt?: string;
    };
  };
  listShares: {
    path: {
      id: string;
    };
    response: {
      items: {
        recordId: string;
        principalId: string;
        level: "read" | "write";
        sharedBy: string;
        sharedAt: string;
      }[];
    };
  };
  putAccessPolicy: {
    body: {
      roles: {
        admin: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        manager: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        rep: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        analyst: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        integration: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
      };
      fields?: {
        manager?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
        rep?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
        analyst?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
        integration?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
      };
    };
    response: {
      roles: {
        admin: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        manager: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        rep: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        analyst: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
        integration: {
          user: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "all";
          };
          team: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          account: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          contact: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          product: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          pipeline: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          opportunity: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          lead: {
            read: "none" | "own" | "team" | "subordinates" | "all";
            create: "none" | "own" | "team" | "subordinates" | "all";
            update: "none" | "own" | "team" | "subordinates" | "all";
            delete: "none" | "own" | "team" | "subordinates" | "all";
          };
          note: {
            read: "none" | "own" | "all";
            create: "none" | "own" | "all";
            update: "none" | "own" | "all";
            delete: "none" | "own" | "all";
          };
          import: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          organization: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          analytics: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          policy: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
          audit: {
            read: "none" | "all";
            create: "none" | "all";
            update: "none" | "all";
            delete: "none" | "all";
          };
        };
      };
      fields?: {
        manager?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
        rep?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
        analyst?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
        integration?: {
          account?: {
            [k: string]: "hidden" | "readOnly";
          };
          contact?: {
            [k: string]: "hidden" | "readOnly";
          };
          opportunity?: {
            [k: string]: "hidden" | "readOnly";
          };
          lead?: {
            [k: string]: "hidden" | "readOnly";
          };
        };
      };
      version: number;
      createdAt?: string;
      updatedAt?: string;
    };
  };
  putShare: {
    path: {
      id: string;
      principalId: string;
    };
    body: {
      level?: "read" | "write";
    };
    response: {
      recordId: string;
      principalId: string;
      level: "read" | "write";
      sharedBy: string;
      sharedAt: string;
    };
  };
  createTeam: {
    body: {
      name: string;
      /**
       * Id of a user
       */
      managerId?: string;
      /**
       * Id of a team
       */
      parentId?: string;
      region?: string;
    };
    response: Team;
  };
  createUser: {
    body: {
      name: string;
      email?: string;
      role?: "admin" | "manager" | "rep" | "analyst" | "integration";
      /**
       * Id of a team
       */
      teamId?: string;
      locale?: "zh-CN" | "en";
      externalId?: {
        source: string;
        id: string;
      };
      /**
       * Regions that the person is responsible for
       *
       * @maxItems 50
       */
      territories?: string[];
      /**
       * @maxItems 50
       */
      skills?: string[];
      /**
       * IANA zone of working hours and leave; default: the organisation's
       */
      zone?: string;
      workingHours?: {
        /**
         * @maxItems 6
         */
        monday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        tuesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        wednesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        thursday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        friday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        saturday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        sunday?: {
          from: string;
          until: string;
        }[];
      };
      /**
       * Whole days off, the first and the last one included
       *
       * @maxItems 100
       */
      leave?: {
        from: string;
        until: string;
      }[];
      /**
       * Whether to send an invitation to the e-mail address
       */
      invite?: boolean;
    };
    response: {
      /**
       * Id of a user
       */
      id: string;
      name: string;
      email?: string;
      role: "admin" | "manager" | "rep" | "analyst" | "integration";
      /**
       * Id of a team
       */
      teamId?: string;
      /**
       * Language in which the person is addressed
       */
      locale?: "zh-CN" | "en";
      externalId?: {
        source: string;
        id: string;
      };
      /**
       * Regions that the person is responsible for
       *
       * @maxItems 50
       */
      territories?: string[];
      /**
       * @maxItems 50
       */
      skills?: string[];
      /**
       * IANA zone of working hours and leave; default: the organisation's
       */
      zone?: string;
      workingHours?: {
        /**
         * @maxItems 6
         */
        monday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        tuesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        wednesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        thursday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        friday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        saturday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        sunday?: {
          from: string;
          until: string;
        }[];
      };
      /**
       * Whole days off, the first and the last one included
       *
       * @maxItems 100
       */
      leave?: {
        from: string;
        until: string;
      }[];
      active: boolean;
      invitation?: {
        /**
         * requested: the e-mail is on its way; accepted: the person has signed in; failed: see `reason`
         */
        state: "requested" | "sent" | "accepted" | "failed";
        /**
         * When the invitation was last asked for
         */
        at: string;
        reason?: "email_in_use" | "undeliverable";
      };
      /**
       * The last deactivation
       */
      deactivationId?: string;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
      /**
       * not_invited: in the directory alone; invited: may sign in and has not yet; active: has signed in; disabled: deactivated
       */
      status: "not_invited" | "invited" | "active" | "disabled";
    };
  };
  deactivateUser: {
    path: {
      /**
       * Id of a user
       */
      id: string;
    };
    body: {
      /**
       * Who gets what the person owns and leads, one for all or one for each kind; null leaves it where it is
       */
      handOverTo:
        | (string | null)
        | {
            account: string | null;
            contact: string | null;
            opportunity: string | null;
            lead: string | null;
            team: string | null;
          };
      /**
       * Won and lost deals, and leads that are converted or disqualified, stay with the person, so that figures of the past stay those of who earned them; `move` hands them over too
       */
      closedOpportunities?: "stay" | "move";
      reason?: string;
    };
    response: {
      /**
       * Id of a deactivation
       */
      id: string;
      /**
       * Id of a user
       */
      userId: string;
      handOverTo: {
        account: string | null;
        contact: string | null;
        opportunity: string | null;
        lead: string | null;
        team: string | null;
      };
      closedOpportunities: "stay" | "move";
      reason?: string;
      /**
       * superseded: the person was let in again, or the hand-over was ordered anew
       */
      status: "running" | "completed" | "failed" | "superseded";
      failure?: "successor_inactive" | "gave_up";
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  getDeactivation: {
    path: {
      /**
       * Id of a user
       */
      id: string;
    };
    response: {
      /**
       * Id of a deactivation
       */
      id: string;
      /**
       * Id of a user
       */
      userId: string;
      handOverTo: {
        account: string | null;
        contact: string | null;
        opportunity: string | null;
        lead: string | null;
        team: string | null;
      };
      closedOpportunities: "stay" | "move";
      reason?: string;
      /**
       * superseded: the person was let in again, or the hand-over was ordered anew
       */
      status: "running" | "completed" | "failed" | "superseded";
      failure?: "successor_inactive" | "gave_up";
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
      moved: {
        account: number;
        contact: number;
        opportunity: number;
        lead: number;
        team: number;
      };
    };
  };
  getHoldings: {
    path: {
      /**
       * Id of a user
       */
      id: string;
    };
    response: {
      account: {
        /**
         * At most 1,000 are counted
         */
        count: number;
        /**
         * Whether there are more than were counted
         */
        isMore: boolean;
        /**
         * Latest change first, 20 at most
         */
        items: {
          id: string;
          name: string;
        }[];
      };
      contact: {
        /**
         * At most 1,000 are counted
         */
        count: number;
        /**
         * Whether there are more than were counted
         */
        isMore: boolean;
        /**
         * Latest change first, 20 at most
         */
        items: {
          id: string;
          name: string;
        }[];
      };
      openOpportunity: {
        /**
         * At most 1,000 are counted
         */
        count: number;
        /**
         * Whether there are more than were counted
         */
        isMore: boolean;
        /**
         * Latest change first, 20 at most
         */
        items: {
          id: string;
          name: string;
        }[];
      };
      closedOpportunity: {
        /**
         * At most 1,000 are counted
         */
        count: number;
        /**
         * Whether there are more than were counted
         */
        isMore: boolean;
        /**
         * Latest change first, 20 at most
         */
        items: {
          id: string;
          name: string;
        }[];
      };
      /**
       * Leads that are not converted or disqualified
       */
      lead: {
        /**
         * At most 1,000 are counted
         */
        count: number;
        /**
         * Whether there are more than were counted
         */
        isMore: boolean;
        /**
         * Latest change first, 20 at most
         */
        items: {
          id: string;
          name: string;
        }[];
      };
      /**
       * Teams that the person manages
       */
      team: {
        /**
         * At most 1,000 are counted
         */
        count: number;
        /**
         * Whether there are more than were counted
         */
        isMore: boolean;
        /**
         * Latest change first, 20 at most
         */
        items: {
          id: string;
          name: string;
        }[];
      };
    };
  };
  getMe: {
    response:
      | {
          user: {
            /**
             * Id of a user
             */
            id: string;
            name: string;
            email?: string;
            role: "admin" | "manager" | "rep" | "analyst" | "integration";
            /**
             * Id of a team
             */
            teamId?: string;
            /**
             * Language in which the person is addressed
             */
            locale?: "zh-CN" | "en";
            externalId?: {
              source: string;
              id: string;
            };
            /**
             * Regions that the person is responsible for
             *
             * @maxItems 50
             */
            territories?: string[];
            /**
             * @maxItems 50
             */
            skills?: string[];
            /**
             * IANA zone of working hours and leave; default: the organisation's
             */
            zone?: string;
            workingHours?: {
              /**
               * @maxItems 6
               */
              monday?: {
                from: string;
                until: string;
              }[];
              /**
               * @maxItems 6
               */
              tuesday?: {
                from: string;
                until: string;
              }[];
              /**
               * @maxItems 6
               */
              wednesday?: {
                from: string;
                until: string;
              }[];
              /**
               * @maxItems 6
               */
              thursday?: {
                from: string;
                until: string;
              }[];
              /**
               * @maxItems 6
               */
              friday?: {
                from: string;
                until: string;
              }[];
              /**
               * @maxItems 6
               */
              saturday?: {
                from: string;
                until: string;
              }[];
              /**
               * @maxItems 6
               */
              sunday?: {
                from: string;
                until: string;
              }[];
            };
            /**
             * Whole days off, the first and the last one included
             *
             * @maxItems 100
             */
            leave?: {
              from: string;
              until: string;
            }[];
            active: boolean;
            invitation?: {
              /**
               * requested: the e-mail is on its way; accepted: the person has signed in; failed: see `reason`
               */
              state: "requested" | "sent" | "accepted" | "failed";
              /**
               * When the invitation was last asked for
               */
              at: string;
              reason?: "email_in_use" | "undeliverable";
            };
            /**
             * The last deactivation
             */
            deactivationId?: string;
            /**
             * Grows by one with each change; the ETag of the record
             */
            version: number;
            createdAt: string;
            updatedAt: string;
            /**
             * not_invited: in the directory alone; invited: may sign in and has not yet; active: has signed in; disabled: deactivated
             */
            status: "not_invited" | "invited" | "active" | "disabled";
          };
          team?: {
            /**
             * Id of a team
             */
            id: string;
            name: string;
            /**
             * Id of a user
             */
            managerId?: string;
            /**
             * Id of a team
             */
            parentId?: string;
            region?: string;
            /**
             * Grows by one with each change; the ETag of the record
             */
            version: number;
            createdAt: string;
            updatedAt: string;
          };
        }
      | {
          serviceAccount: {
            /**
             * Id of a serviceAccount
             */
            id: string;
            name: string;
            description?: string;
            role: "manager" | "rep" | "analyst" | "integration";
            /**
             * Id of a team
             */
            teamId?: string;
            /**
             * Own budget; absent: that of the organisation
             */
            requestsPerMinute?: number;
            active: boolean;
            /**
             * Grows by one with each change; the ETag of the record
             */
            version: number;
            createdAt: string;
            updatedAt: string;
          };
          key: {
            /**
             * How the key begins; enough to tell it by, and no secret
             */
            id: string;
            /**
             * Id of a serviceAccount
             */
            serviceAccountId: string;
            name: string;
            /**
             * Items: `<entity>:read` or `<entity>:write`; write is create, update and delete, as far as the role may. `note` covers timelines; an import or an export needs the scope of what it imports or exports, too.
             */
            scopes: (
              | "*:read"
              | "*:write"
              | "user:read"
              | "user:write"
              | "team:read"
              | "team:write"
              | "account:read"
              | "account:write"
              | "contact:read"
              | "contact:write"
              | "product:read"
              | "product:write"
              | "pipeline:read"
              | "pipeline:write"
              | "opportunity:read"
              | "opportunity:write"
              | "note:read"
              | "note:write"
              | "import:read"
              | "import:write"
              | "view:read"
              | "view:write"
              | "export:read"
              | "export:write"
              | "lead:read"
              | "lead:write"
              | "organization:read"
              | "organization:write"
              | "analytics:read"
              | "analytics:write"
            )[];
            expiresAt: string;
            /**
             * Kept at most once an hour
             */
            lastUsedAt?: string;
            revokedAt?: string;
            /**
             * The key that rotation has put in its place
             */
            successorId?: string;
            /**
             * Grows by one with each change; the ETag of the record
             */
            version: number;
            createdAt: string;
            updatedAt: string;
          };
          team?: {
            /**
             * Id of a team
             */
            id: string;
            name: string;
            /**
             * Id of a user
             */
            managerId?: string;
            /**
             * Id of a team
             */
            parentId?: string;
            region?: string;
            /**
             * Grows by one with each change; the ETag of the record
             */
            version: number;
            createdAt: string;
            updatedAt: string;
          };
        };
  };
  getTeam: {
    path: {
      /**
       * Id of a team
       */
      id: string;
    };
    response: Team;
  };
  getUser: {
    path: {
      /**
       * Id of a user
       */
      id: string;
    };
    response: {
      /**
       * Id of a user
       */
      id: string;
      name: string;
      email?: string;
      role: "admin" | "manager" | "rep" | "analyst" | "integration";
      /**
       * Id of a team
       */
      teamId?: string;
      /**
       * Language in which the person is addressed
       */
      locale?: "zh-CN" | "en";
      externalId?: {
        source: string;
        id: string;
      };
      /**
       * Regions that the person is responsible for
       *
       * @maxItems 50
       */
      territories?: string[];
      /**
       * @maxItems 50
       */
      skills?: string[];
      /**
       * IANA zone of working hours and leave; default: the organisation's
       */
      zone?: string;
      workingHours?: {
        /**
         * @maxItems 6
         */
        monday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        tuesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        wednesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        thursday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        friday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        saturday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        sunday?: {
          from: string;
          until: string;
        }[];
      };
      /**
       * Whole days off, the first and the last one included
       *
       * @maxItems 100
       */
      leave?: {
        from: string;
        until: string;
      }[];
      active: boolean;
      invitation?: {
        /**
         * requested: the e-mail is on its way; accepted: the person has signed in; failed: see `reason`
         */
        state: "requested" | "sent" | "accepted" | "failed";
        /**
         * When the invitation was last asked for
         */
        at: string;
        reason?: "email_in_use" | "undeliverable";
      };
      /**
       * The last deactivation
       */
      deactivationId?: string;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
      /**
       * not_invited: in the directory alone; invited: may sign in and has not yet; active: has signed in; disabled: deactivated
       */
      status: "not_invited" | "invited" | "active" | "disabled";
    };
  };
  inviteUser: {
    path: {
      /**
       * Id of a user
       */
      id: string;
    };
    body: {};
    response: {
      /**
       * Id of a user
       */
      id: string;
      name: string;
      email?: string;
      role: "admin" | "manager" | "rep" | "analyst" | "integration";
      /**
       * Id of a team
       */
      teamId?: string;
      /**
       * Language in which the person is addressed
       */
      locale?: "zh-CN" | "en";
      externalId?: {
        source: string;
        id: string;
      };
      /**
       * Regions that the person is responsible for
       *
       * @maxItems 50
       */
      territories?: string[];
      /**
       * @maxItems 50
       */
      skills?: string[];
      /**
       * IANA zone of working hours and leave; default: the organisation's
       */
      zone?: string;
      workingHours?: {
        /**
         * @maxItems 6
         */
        monday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        tuesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        wednesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        thursday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        friday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        saturday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        sunday?: {
          from: string;
          until: string;
        }[];
      };
      /**
       * Whole days off, the first and the last one included
       *
       * @maxItems 100
       */
      leave?: {
        from: string;
        until: string;
      }[];
      active: boolean;
      invitation?: {
        /**
         * requested: the e-mail is on its way; accepted: the person has signed in; failed: see `reason`
         */
        state: "requested" | "sent" | "accepted" | "failed";
        /**
         * When the invitation was last asked for
         */
        at: string;
        reason?: "email_in_use" | "undeliverable";
      };
      /**
       * The last deactivation
       */
      deactivationId?: string;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
      /**
       * not_invited: in the directory alone; invited: may sign in and has not yet; active: has signed in; disabled: deactivated
       */
      status: "not_invited" | "invited" | "active" | "disabled";
    };
  };
  listTeams: {
    query: {
      limit?: number;
      cursor?: string;
    };
    response: TeamPage;
  };
  listUsers: {
    query: {
      limit?: number;
      cursor?: string;
    };
    response: UserPage;
  };
  updateTeam: {
    path: {
      /**
       * Id of a team
       */
      id: string;
    };
    body: {
      name?: string;
      managerId?: string | null;
      parentId?: string | null;
      region?: string | null;
    };
    response: Team;
  };
  updateUser: {
    path: {
      /**
       * Id of a user
       */
      id: string;
    };
    body: {
      name?: string;
      email?: string | null;
      role?: "admin" | "manager" | "rep" | "analyst" | "integration";
      teamId?: string | null;
      locale?: ("zh-CN" | "en") | null;
      territories?: string[] | null;
      skills?: string[] | null;
      zone?: string | null;
      workingHours?: {
        /**
         * @maxItems 6
         */
        monday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        tuesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        wednesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        thursday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        friday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        saturday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        sunday?: {
          from: string;
          until: string;
        }[];
      } | null;
      leave?:
        | {
            from: string;
            until: string;
          }[]
        | null;
      /**
       * Lets a deactivated person in again
       */
      active?: true;
    };
    response: {
      /**
       * Id of a user
       */
      id: string;
      name: string;
      email?: string;
      role: "admin" | "manager" | "rep" | "analyst" | "integration";
      /**
       * Id of a team
       */
      teamId?: string;
      /**
       * Language in which the person is addressed
       */
      locale?: "zh-CN" | "en";
      externalId?: {
        source: string;
        id: string;
      };
      /**
       * Regions that the person is responsible for
       *
       * @maxItems 50
       */
      territories?: string[];
      /**
       * @maxItems 50
       */
      skills?: string[];
      /**
       * IANA zone of working hours and leave; default: the organisation's
       */
      zone?: string;
      workingHours?: {
        /**
         * @maxItems 6
         */
        monday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        tuesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        wednesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        thursday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        friday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        saturday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        sunday?: {
          from: string;
          until: string;
        }[];
      };
      /**
       * Whole days off, the first and the last one included
       *
       * @maxItems 100
       */
      leave?: {
        from: string;
        until: string;
      }[];
      active: boolean;
      invitation?: {
        /**
         * requested: the e-mail is on its way; accepted: the person has signed in; failed: see `reason`
         */
        state: "requested" | "sent" | "accepted" | "failed";
        /**
         * When the invitation was last asked for
         */
        at: string;
        reason?: "email_in_use" | "undeliverable";
      };
      /**
       * The last deactivation
       */
      deactivationId?: string;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
      /**
       * not_invited: in the directory alone; invited: may sign in and has not yet; active: has signed in; disabled: deactivated
       */
      status: "not_invited" | "invited" | "active" | "disabled";
    };
  };
  batchAccounts: {
    body: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      rows: (
        | {
            create: {
              name: string;
              industry?: string;
              employees?: number;
              annualRevenueMinor?: number;
              foundedYear?: number;
              region?: string;
              website?: string;
              phone?: string;
              contractEndsOn?: string;
              /**
               * Id of a account
               */
              parentId?: string;
              /**
               * Id of a user
               */
              ownerId?: string;
              /**
               * @maxItems 50
               */
              tags?: string[];
              externalId?: {
                source: string;
                id: string;
              };
            };
          }
        | {
            update: {
              /**
               * Id of a account
               */
              id: string;
              version: number;
              fields: {
                name?: string;
                industry?: string | null;
                employees?: number | null;
                annualRevenueMinor?: number | null;
                foundedYear?: number | null;
                region?: string | null;
                website?: string | null;
                phone?: string | null;
                contractEndsOn?: string | null;
                parentId?: string | null;
                ownerId?: string | null;
                /**
                 * @maxItems 50
                 */
                tags?: string[];
                externalId?: {
                  source: string;
                  id: string;
                } | null;
              };
            };
          }
        | {
            upsert: {
              externalId: {
                source: string;
                id: string;
              };
              /**
               * Refuses the row if the record has another version or is not there
               */
              version?: number;
              fields: {
                name?: string;
                industry?: string | null;
                employees?: number | null;
                annualRevenueMinor?: number | null;
                foundedYear?: number | null;
                region?: string | null;
                website?: string | null;
                phone?: string | null;
                contractEndsOn?: string | null;
                parentId?: string | null;
                ownerId?: string | null;
                /**
                 * @maxItems 50
                 */
                tags?: string[];
                externalId?: {
                  source: string;
                  id: string;
                } | null;
              };
            };
          }
      )[];
    };
    response: BatchResult;
  };
  createAccount: {
    body: {
      name: string;
      industry?: string;
      employees?: number;
      annualRevenueMinor?: number;
      foundedYear?: number;
      region?: string;
      website?: string;
      phone?: string;
      contractEndsOn?: string;
      /**
       * Id of a account
       */
      parentId?: string;
      /**
       * Id of a user
       */
      ownerId?: string;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      };
    };
    response: WrittenAccount;
  };
  deleteAccount: {
    path: {
      /**
       * Id of a account
       */
      id: string;
    };
    response: null;
  };
  findAccountDuplicates: {
    query: {
      name?: string;
      phone?: string;
    };
    response: Duplicates;
  };
  getAccount: {
    path: {
      /**
       * Id of a account
       */
      id: string;
    };
    response: Account;
  };
  getAccountDuplicates: {
    path: {
      /**
       * Id of a account
       */
      id: string;
    };
    response: Duplicates;
  };
  listAccounts: {
    query: {
      limit?: number;
      cursor?: string;
      /**
       * A `Condition` as JSON text, such as `{"field":"ownerId","eq":"me"}`
       */
      filter?: string;
      /**
       * Field to sort by, `-` before it for the opposite order
       */
      sort?: string;
      /**
       * Names of fields with commas between them: the records have these and their ids only
       */
      fields?: string;
      /**
       * A saved view: its filter holds besides, its sort and fields unless others are given
       */
      view?: string;
      /**
       * Id of a user
       */
      owner?: string;
      /**
       * Id of a team
       */
      team?: string;
    };
    response: AccountPage;
  };
  listDeletedAccounts: {
    query: {
      limit?: number;
      cursor?: string;
      /**
       * Id of a user
       */
      owner?: string;
      /**
       * Id of a team
       */
      team?: string;
    };
    response: AccountPage;
  };
  putAccount: {
    path: {
      source: string;
      id: string;
    };
    body: {
      name?: string;
      industry?: string | null;
      employees?: number | null;
      annualRevenueMinor?: number | null;
      foundedYear?: number | null;
      region?: string | null;
      website?: string | null;
      phone?: string | null;
      contractEndsOn?: string | null;
      parentId?: string | null;
      ownerId?: string | null;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      } | null;
    };
    response: Account;
  };
  restoreAccount: {
    path: {
      /**
       * Id of a account
       */
      id: string;
    };
    body: {};
    response: Account;
  };
  updateAccount: {
    path: {
      /**
       * Id of a account
       */
      id: string;
    };
    body: {
      name?: string;
      industry?: string | null;
      employees?: number | null;
      annualRevenueMinor?: number | null;
      foundedYear?: number | null;
      region?: string | null;
      website?: string | null;
      phone?: string | null;
      contractEndsOn?: string | null;
      parentId?: string | null;
      ownerId?: string | null;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      } | null;
    };
    response: WrittenAccount;
  };
  batchContacts: {
    body: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      rows: (
        | {
            create: {
              name: string;
              /**
               * Id of a account
               */
              accountId?: string;
              title?: string;
              email?: string;
              phone?: string;
              /**
               * Id of a user
               */
              ownerId?: string;
              /**
               * @maxItems 50
               */
              tags?: string[];
              externalId?: {
                source: string;
                id: string;
              };
            };
          }
        | {
            update: {
              /**
               * Id of a contact
               */
              id: string;
              version: number;
              fields: {
                name?: string;
                accountId?: string | null;
                title?: string | null;
                email?: string | null;
                phone?: string | null;
                ownerId?: string | null;
                /**
                 * @maxItems 50
                 */
                tags?: string[];
                externalId?: {
                  source: string;
                  id: string;
                } | null;
              };
            };
          }
        | {
            upsert: {
              externalId: {
                source: string;
                id: string;
              };
              /**
               * Refuses the row if the record has another version or is not there
               */
              version?: number;
              fields: {
                name?: string;
                accountId?: string | null;
                title?: string | null;
                email?: string | null;
                phone?: string | null;
                ownerId?: string | null;
                /**
                 * @maxItems 50
                 */
                tags?: string[];
                externalId?: {
                  source: string;
                  id: string;
                } | null;
              };
            };
          }
      )[];
    };
    response: BatchResult;
  };
  createContact: {
    body: {
      name: string;
      /**
       * Id of a account
       */
      accountId?: string;
      title?: string;
      email?: string;
      phone?: string;
      /**
       * Id of a user
       */
      ownerId?: string;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      };
    };
    response: WrittenContact;
  };
  deleteContact: {
    path: {
      /**
       * Id of a contact
       */
      id: string;
    };
    response: null;
  };
  findContactDuplicates: {
    query: {
      email?: string;
      phone?: string;
    };
    response: Duplicates;
  };
  getContact: {
    path: {
      /**
       * Id of a contact
       */
      id: string;
    };
    response: Contact;
  };
  getContactDuplicates: {
    path: {
      /**
       * Id of a contact
       */
      id: string;
    };
    response: Duplicates;
  };
  listContacts: {
    query: {
      limit?: number;
      cursor?: string;
      /**
       * A `Condition` as JSON text, such as `{"field":"ownerId","eq":"me"}`
       */
      filter?: string;
      /**
       * Field to sort by, `-` before it for the opposite order
       */
      sort?: string;
      /**
       * Names of fields with commas between them: the records have these and their ids only
       */
      fields?: string;
      /**
       * A saved view: its filter holds besides, its sort and fields unless others are given
       */
      view?: string;
      /**
       * Id of a user
       */
      owner?: string;
      /**
       * Id of a team
       */
      team?: string;
      /**
       * Id of a account
       */
      account?: string;
    };
    response: ContactPage;
  };
  listDeletedContacts: {
    query: {
      limit?: number;
      cursor?: string;
      /**
       * Id of a user
       */
      owner?: string;
      /**
       * Id of a team
       */
      team?: string;
    };
    response: ContactPage;
  };
  putContact: {
    path: {
      source: string;
      id: string;
    };
    body: {
      name?: string;
      accountId?: string | null;
      title?: string | null;
      email?: string | null;
      phone?: string | null;
      ownerId?: string | null;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      } | null;
    };
    response: Contact;
  };
  restoreContact: {
    path: {
      /**
       * Id of a contact
       */
      id: string;
    };
    body: {};
    response: Contact;
  };
  updateContact: {
    path: {
      /**
       * Id of a contact
       */
      id: string;
    };
    body: {
      name?: string;
      accountId?: string | null;
      title?: string | null;
      email?: string | null;
      phone?: string | null;
      ownerId?: string | null;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      } | null;
    };
    response: WrittenContact;
  };
  batchProducts: {
    body: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      rows: (
        | {
            create: {
              name: string;
              code?: string;
              family?: string;
              listPriceMinor?: number;
              /**
               * ISO 4217 currency code
               */
              currency?: string;
              /**
               * Default: true
               */
              active?: boolean;
              externalId?: {
                source: string;
                id: string;
              };
            };
          }
        | {
            update: {
              /**
               * Id of a product
               */
              id: string;
              version: number;
              fields: {
                name?: string;
                code?: string | null;
                family?: string | null;
                listPriceMinor?: number | null;
                currency?: string | null;
                active?: boolean;
              };
            };
          }
        | {
            upsert: {
              externalId: {
                source: string;
                id: string;
              };
              /**
               * Refuses the row if the record has another version or is not there
               */
              version?: number;
              fields: {
                name?: string;
                code?: string | null;
                family?: string | null;
                listPriceMinor?: number | null;
                currency?: string | null;
                active?: boolean;
              };
            };
          }
      )[];
    };
    response: BatchResult;
  };
  createProduct: {
    body: {
      name: string;
      code?: string;
      family?: string;
      listPriceMinor?: number;
      /**
       * ISO 4217 currency code
       */
      currency?: string;
      /**
       * Default: true
       */
      active?: boolean;
      externalId?: {
        source: string;
        id: string;
      };
    };
    response: Product;
  };
  getProduct: {
    path: {
      /**
       * Id of a product
       */
      id: string;
    };
    response: Product;
  };
  listProducts: {
    query: {
      limit?: number;
      cursor?: string;
    };
    response: ProductPage;
  };
  putProduct: {
    path: {
      source: string;
      id: string;
    };
    body: {
      name?: string;
      code?: string | null;
      family?: string | null;
      listPriceMinor?: number | null;
      currency?: string | null;
      active?: boolean;
    };
    response: Product;
  };
  updateProduct: {
    path: {
      /**
       * Id of a product
       */
      id: string;
    };
    body: {
      name?: string;
      code?: string | null;
      family?: string | null;
      listPriceMinor?: number | null;
      currency?: string | null;
      active?: boolean;
    };
    response: Product;
  };
  createPipeline: {
    body: {
      name: {
        en: string;
        "zh-CN"?: string;
      };
      /**
       * @minItems 3
       * @maxItems 30
       */
      stages: {
        name: {
          en: string;
          "zh-CN"?: string;
        };
        type: "open" | "won" | "lost";
        probability?: number;
        forecastCategory?: "omitted" | "pipeline" | "best_case" | "commit" | "closed";
      }[];
      /**
       * Default: each open stage to the next, the last open one to won, each open one to lost
       *
       * @maxItems 300
       */
      transitions?: {
        from: number;
        to: number;
        /**
         * @maxItems 6
         */
        requiredFields?: ("accountId" | "amountMinor" | "expectedCloseDate" | "productIds" | "source" | "ownerId")[];
        requiresReason?: boolean;
      }[];
      isDefault?: boolean;
    };
    response: Pipeline;
  };
  definePipeline: {
    path: {
      /**
       * Id of a pipeline
       */
      id: string;
    };
    body: {
      name: {
        en: string;
        "zh-CN"?: string;
      };
      /**
       * @minItems 3
       * @maxItems 30
       */
      stages: {
        id?: string;
        name: {
          en: string;
          "zh-CN"?: string;
        };
        type: "open" | "won" | "lost";
        probability?: number;
        forecastCategory?: "omitted" | "pipeline" | "best_case" | "commit" | "closed";
      }[];
      /**
       * @maxItems 300
       */
      transitions?: {
        from: number;
        to: number;
        /**
         * @maxItems 6
         */
        requiredFields?: ("accountId" | "amountMinor" | "expectedCloseDate" | "productIds" | "source" | "ownerId")[];
        requiresReason?: boolean;
      }[];
      isDefault?: boolean;
    };
    response: Pipeline;
  };
  getBoard: {
    path: {
      /**
       * Id of a pipeline
       */
      id: string;
    };
    query: {
      limit?: number;
    };
    response: Board;
  };
  getPipeline: {
    path: {
      /**
       * Id of a pipeline
       */
      id: string;
    };
    response: Pipeline;
  };
  getPipelineVersion: {
    path: {
      /**
       * Id of a pipeline
       */
      id: string;
      version: number;
    };
    response: Pipeline;
  };
  listPipelines: {
    query: {
      limit?: number;
      cursor?: string;
    };
    response: PipelinePage;
  };
  batchOpportunities: {
    body: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      rows: (
        | {
            create: {
              name: string;
              /**
               * Default: the caller
               */
              ownerId?: string;
              /**
               * Id of a account
               */
              accountId?: string;
              /**
               * @maxItems 20
               *
               * Items: Id of a product
               */
              productIds?: string[];
              /**
               * Default: the organisation's default pipeline
               */
              pipelineId?: string;
              /**
               * An open stage; default: the first
               */
              stageId?: string;
              amountMinor?: number;
              /**
               * Default: the organisation's base currency
               */
              currency?: string;
              expectedCloseDate?: string;
              source?: string;
              /**
               * @maxItems 50
               */
              tags?: string[];
              externalId?: {
                source: string;
                id: string;
              };
              /**
               * When it was really opened, for history from another system
               */
              openedAt?: string;
            };
          }
        | {
            update: {
              /**
               * Id of a opportunity
               */
              id: string;
              version: number;
              fields: {
                name?: string;
                ownerId?: string | null;
                accountId?: string | null;
                /**
                 * @maxItems 20
                 *
                 * Items: Id of a product
                 */
                productIds?: string[];
                amountMinor?: number;
                /**
                 * ISO 4217 currency code
                 */
                currency?: string;
                expectedCloseDate?: string | null;
                source?: string | null;
                /**
                 * @maxItems 50
                 */
                tags?: string[];
                externalId?: {
                  source: string;
                  id: string;
                } | null;
                /**
                 * Always refused: move the stage by a transition
                 */
                stageId?: {
                  [k: string]: unknown;
                };
              };
            };
          }
        | {
            upsert: {
              externalId: {
                source: string;
                id: string;
              };
              /**
               * Refuses the row if the record has another version or is not there
               */
              version?: number;
              fields: {
                name?: string;
                ownerId?: string | null;
                accountId?: string | null;
                /**
                 * @maxItems 20
                 *
                 * Items: Id of a product
                 */
                productIds?: string[];
                amountMinor?: number;
                /**
                 * ISO 4217 currency code
                 */
                currency?: string;
                expectedCloseDate?: string | null;
                source?: string | null;
                /**
                 * @maxItems 50
                 */
                tags?: string[];
                externalId?: {
                  source: string;
                  id: string;
                } | null;
                /**
                 * Where a new opportunity begins; without a meaning for one that is there
                 */
                onCreate?: {
                  /**
                   * Default: the organisation's default pipeline
                   */
                  pipelineId?: string;
                  /**
                   * An open stage; default: the first
                   */
                  stageId?: string;
                  /**
                   * When it was really opened, for history from another system
                   */
                  openedAt?: string;
                };
              };
            };
          }
      )[];
    };
    response: BatchResult;
  };
  createOpportunity: {
    body: {
      name: string;
      /**
       * Default: the caller
       */
      ownerId?: string;
      /**
       * Id of a account
       */
      accountId?: string;
      /**
       * @maxItems 20
       *
       * Items: Id of a product
       */
      productIds?: string[];
      /**
       * Default: the organisation's default pipeline
       */
      pipelineId?: string;
      /**
       * An open stage; default: the first
       */
      stageId?: string;
      amountMinor?: number;
      /**
       * Default: the organisation's base currency
       */
      currency?: string;
      expectedCloseDate?: string;
      source?: string;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      };
      /**
       * When it was really opened, for history from another system
       */
      openedAt?: string;
    };
    response: Opportunity;
  };
  deleteOpportunity: {
    path: {
      /**
       * Id of a opportunity
       */
      id: string;
    };
    response: null;
  };
  getOpportunity: {
    path: {
      /**
       * Id of a opportunity
       */
      id: string;
    };
    response: Opportunity;
  };
  listDeletedOpportunities: {
    query: {
      limit?: number;
      cursor?: string;
      /**
       * Id of a user
       */
      owner?: string;
      /**
       * Id of a team
       */
      team?: string;
    };
    response: OpportunityPage;
  };
  listOpportunities: {
    query: {
      limit?: number;
      cursor?: string;
      /**
       * A `Condition` as JSON text, such as `{"field":"ownerId","eq":"me"}`
       */
      filter?: string;
      /**
       * Field to sort by, `-` before it for the opposite order
       */
      sort?: string;
      /**
       * Names of fields with commas between them: the records have these and their ids only
       */
      fields?: string;
      /**
       * A saved view: its filter holds besides, its sort and fields unless others are given
       */
      view?: string;
      /**
       * Id of a user
       */
      owner?: string;
      /**
       * Id of a team
       */
      team?: string;
      /**
       * Id of a account
       */
      account?: string;
      stage?: string;
    };
    response: OpportunityPage;
  };
  listTransitions: {
    path: {
      /**
       * Id of a opportunity
       */
      id: string;
    };
    response: TransitionOffers;
  };
  putOpportunity: {
    path: {
      source: string;
      id: string;
    };
    body: {
      name?: string;
      ownerId?: string | null;
      accountId?: string | null;
      /**
       * @maxItems 20
       *
       * Items: Id of a product
       */
      productIds?: string[];
      amountMinor?: number;
      /**
       * ISO 4217 currency code
       */
      currency?: string;
      expectedCloseDate?: string | null;
      source?: string | null;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      } | null;
      /**
       * Where a new opportunity begins; without a meaning for one that is there
       */
      onCreate?: {
        /**
         * Default: the organisation's default pipeline
         */
        pipelineId?: string;
        /**
         * An open stage; default: the first
         */
        stageId?: string;
        /**
         * When it was really opened, for history from another system
         */
        openedAt?: string;
      };
    };
    response: Opportunity;
  };
  restoreOpportunity: {
    path: {
      /**
       * Id of a opportunity
       */
      id: string;
    };
    body: {};
    response: Opportunity;
  };
  transitionOpportunity: {
    path: {
      /**
       * Id of a opportunity
       */
      id: string;
    };
    body: {
      to: string;
      reason?: string;
      lostReason?: string;
      fields?: {
        name?: string;
        ownerId?: string | null;
        accountId?: string | null;
        /**
         * @maxItems 20
         *
         * Items: Id of a product
         */
        productIds?: string[];
        amountMinor?: number;
        /**
         * ISO 4217 currency code
         */
        currency?: string;
        expectedCloseDate?: string | null;
        source?: string | null;
        /**
         * @maxItems 50
         */
        tags?: string[];
        externalId?: {
          source: string;
          id: string;
        } | null;
      };
    };
    response: Opportunity;
  };
  updateOpportunity: {
    path: {
      /**
       * Id of a opportunity
       */
      id: string;
    };
    body: {
      name?: string;
      ownerId?: string | null;
      accountId?: string | null;
      /**
       * @maxItems 20
       *
       * Items: Id of a product
       */
      productIds?: string[];
      amountMinor?: number;
      /**
       * ISO 4217 currency code
       */
      currency?: string;
      expectedCloseDate?: string | null;
      source?: string | null;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      } | null;
      /**
       * Always refused: move the stage by a transition
       */
      stageId?: {
        [k: string]: unknown;
      };
    };
    response: Opportunity;
  };
  batchLeads: {
    body: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      rows: (
        | {
            create: {
              name: string;
              company?: string;
              title?: string;
              email?: string;
              phone?: string;
              website?: string;
              region?: string;
              industry?: string;
              source?: string;
              campaign?: string;
              utm?: {
                source?: string;
                medium?: string;
                campaign?: string;
                term?: string;
                content?: string;
              };
              message?: string;
              custom?: {
                [k: string]: string | number | boolean;
              };
              consent?: {
                text: string;
                at: string;
              };
              /**
               * Id of a user
               */
              ownerId?: string;
              /**
               * @maxItems 50
               */
              tags?: string[];
              externalId?: {
                source: string;
                id: string;
              };
            };
          }
        | {
            update: {
              /**
               * Id of a lead
               */
              id: string;
              version: number;
              fields: {
                name?: string;
                company?: string | null;
                title?: string | null;
                email?: string | null;
                phone?: string | null;
                website?: string | null;
                region?: string | null;
                industry?: string | null;
                source?: string | null;
                campaign?: string | null;
                utm?: {
                  source?: string;
                  medium?: string;
                  campaign?: string;
                  term?: string;
                  content?: string;
                } | null;
                message?: string | null;
                custom?: {
                  [k: string]: string | number | boolean;
                } | null;
                consent?: {
                  text: string;
                  at: string;
                } | null;
                ownerId?: string | null;
                /**
                 * @maxItems 50
                 */
                tags?: string[];
                externalId?: {
                  source: string;
                  id: string;
                } | null;
              };
            };
          }
        | {
            upsert: {
              externalId: {
                source: string;
                id: string;
              };
              /**
               * Refuses the row if the record has another version or is not there
               */
              version?: number;
              fields: {
                name?: string;
                company?: string | null;
                title?: string | null;
                email?: string | null;
                phone?: string | null;
                website?: string | null;
                region?: string | null;
                industry?: string | null;
                source?: string | null;
                campaign?: string | null;
                utm?: {
                  source?: string;
                  medium?: string;
                  campaign?: string;
                  term?: string;
                  content?: string;
                } | null;
                message?: string | null;
                custom?: {
                  [k: string]: string | number | boolean;
                } | null;
                consent?: {
                  text: string;
                  at: string;
                } | null;
                ownerId?: string | null;
                /**
                 * @maxItems 50
                 */
                tags?: string[];
                externalId?: {
                  source: string;
                  id: string;
                } | null;
              };
            };
          }
      )[];
    };
    response: BatchResult;
  };
  convertLead: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    body: {
      /**
       * The account that it becomes part of; default: that of `contactId`, else a new one
       */
      accountId?: string;
      /**
       * Fields of a new account; default: those of the lead
       */
      account?: {
        name?: string;
        industry?: string;
        employees?: number;
        annualRevenueMinor?: number;
        foundedYear?: number;
        region?: string;
        website?: string;
        phone?: string;
        contractEndsOn?: string;
        /**
         * Id of a account
         */
        parentId?: string;
        /**
         * @maxItems 50
         */
        tags?: string[];
      };
      /**
       * The contact that it is; default: a new one
       */
      contactId?: string;
      /**
       * Fields of a new contact; default: those of the lead
       */
      contact?: {
        name?: string;
        title?: string;
        email?: string;
        phone?: string;
        /**
         * @maxItems 50
         */
        tags?: string[];
      };
      /**
       * Fields of a new opportunity, whose name is the company's by default; without it none is added
       */
      opportunity?: {
        name?: string;
        /**
         * @maxItems 20
         *
         * Items: Id of a product
         */
        productIds?: string[];
        amountMinor?: number;
        /**
         * @maxItems 50
         */
        tags?: string[];
        /**
         * Default: the organisation's default pipeline
         */
        pipelineId?: string;
        /**
         * An open stage; default: the first
         */
        stageId?: string;
        /**
         * Default: the organisation's base currency
         */
        currency?: string;
        expectedCloseDate?: string;
        source?: string;
      };
    };
    response: Lead;
  };
  createLead: {
    body: {
      name: string;
      company?: string;
      title?: string;
      email?: string;
      phone?: string;
      website?: string;
      region?: string;
      industry?: string;
      source?: string;
      campaign?: string;
      utm?: {
        source?: string;
        medium?: string;
        campaign?: string;
        term?: string;
        content?: string;
      };
      message?: string;
      custom?: {
        [k: string]: string | number | boolean;
      };
      consent?: {
        text: string;
        at: string;
      };
      /**
       * Id of a user
       */
      ownerId?: string;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      };
    };
    response: WrittenLead;
  };
  deleteLead: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    response: null;
  };
  findLeadDuplicates: {
    query: {
      email?: string;
      phone?: string;
    };
    response: Duplicates;
  };
  getLead: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    response: Lead;
  };
  getLeadAssignment: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    response: LeadAssignment;
  };
  getLeadConversion: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    response: {
      /**
       * Accounts with its company's name or its number, the surest first
       */
      accounts: {
        id: string;
        name: string;
        matchedBy: ("name" | "email" | "phone")[];
      }[];
      /**
       * Contacts with its address or its number, the surest first
       */
      contacts: {
        id: string;
        name: string;
        matchedBy: ("name" | "email" | "phone")[];
      }[];
      blockedBy: {
        rule: "same_status" | "not_a_transition" | "owner_required" | "owner_not_allowed" | "reason_required";
        field?: string;
        message: string;
      }[];
    };
  };
  getLeadDuplicates: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    response: Duplicates;
  };
  getLeadResponse: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    response: LeadResponse;
  };
  listDeletedLeads: {
    query: {
      limit?: number;
      cursor?: string;
      /**
       * Id of a user
       */
      owner?: string;
      /**
       * Id of a team
       */
      team?: string;
    };
    response: LeadPage;
  };
  listLeadTransitions: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    response: LeadTransitionOffers;
  };
  listLeads: {
    query: {
      limit?: number;
      cursor?: string;
      /**
       * A `Condition` as JSON text, such as `{"field":"ownerId","eq":"me"}`
       */
      filter?: string;
      /**
       * Field to sort by, `-` before it for the opposite order
       */
      sort?: string;
      /**
       * Names of fields with commas between them: the records have these and their ids only
       */
      fields?: string;
      /**
       * A saved view: its filter holds besides, its sort and fields unless others are given
       */
      view?: string;
      /**
       * Id of a user
       */
      owner?: string;
      /**
       * Id of a team
       */
      team?: string;
    };
    response: LeadPage;
  };
  putLead: {
    path: {
      source: string;
      id: string;
    };
    body: {
      name?: string;
      company?: string | null;
      title?: string | null;
      email?: string | null;
      phone?: string | null;
      website?: string | null;
      region?: string | null;
      industry?: string | null;
      source?: string | null;
      campaign?: string | null;
      utm?: {
        source?: string;
        medium?: string;
        campaign?: string;
        term?: string;
        content?: string;
      } | null;
      message?: string | null;
      custom?: {
        [k: string]: string | number | boolean;
      } | null;
      consent?: {
        text: string;
        at: string;
      } | null;
      ownerId?: string | null;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      } | null;
    };
    response: Lead;
  };
  restoreLead: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    body: {};
    response: Lead;
  };
  transitionLead: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    body: {
      to: "new" | "assigned" | "working" | "converted" | "disqualified" | "pooled";
      /**
       * Who gets the lead with the move; default: whoever has it
       */
      ownerId?: string;
      reason?: string;
    };
    response: Lead;
  };
  updateLead: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    body: {
      name?: string;
      company?: string | null;
      title?: string | null;
      email?: string | null;
      phone?: string | null;
      website?: string | null;
      region?: string | null;
      industry?: string | null;
      source?: string | null;
      campaign?: string | null;
      utm?: {
        source?: string;
        medium?: string;
        campaign?: string;
        term?: string;
        content?: string;
      } | null;
      message?: string | null;
      custom?: {
        [k: string]: string | number | boolean;
      } | null;
      consent?: {
        text: string;
        at: string;
      } | null;
      ownerId?: string | null;
      /**
       * @maxItems 50
       */
      tags?: string[];
      externalId?: {
        source: string;
        id: string;
      } | null;
    };
    response: WrittenLead;
  };
  createForm: {
    body: {
      name: string;
      /**
       * Pages that may send the form; a request that names no origin is no page's and may too
       *
       * @maxItems 20
       */
      allowedOrigins?: string[];
      /**
       * @minItems 1
       * @maxItems 60
       */
      fields: {
        /**
         * Name of the input on the page
         */
        input: string;
        /**
         * Field of the lead
         */
        to: string;
        required?: boolean;
      }[];
      source?: string;
      campaign?: string;
      /**
       * What a visitor agrees to; it is kept with each lead
       */
      consentText?: string;
      /**
       * The box that a visitor ticks; without one, sending the form is the consent
       */
      consentInput?: string;
      /**
       * An input that people do not see; what fills it is answered as usual, and dropped
       */
      honeypotInput?: string;
      /**
       * Where a page that posts the form without a script goes on to
       */
      redirectUrl?: string;
    };
    response: Form;
  };
  getForm: {
    path: {
      /**
       * Id of a form
       */
      id: string;
    };
    response: Form;
  };
  listForms: {
    query: {
      limit?: number;
      cursor?: string;
    };
    response: FormPage;
  };
  rotateFormKey: {
    path: {
      /**
       * Id of a form
       */
      id: string;
    };
    body: {};
    response: Form;
  };
  updateForm: {
    path: {
      /**
       * Id of a form
       */
      id: string;
    };
    body: {
      name?: string;
      /**
       * What is not active is answered as if it were not there
       */
      active?: boolean;
      /**
       * Pages that may send the form; a request that names no origin is no page's and may too
       *
       * @maxItems 20
       */
      allowedOrigins?: string[];
      /**
       * @minItems 1
       * @maxItems 60
       */
      fields?: {
        /**
         * Name of the input on the page
         */
        input: string;
        /**
         * Field of the lead
         */
        to: string;
        required?: boolean;
      }[];
      source?: string | null;
      campaign?: string | null;
      consentText?: string | null;
      consentInput?: string | null;
      honeypotInput?: string | null;
      redirectUrl?: string | null;
    };
    response: Form;
  };
  assignPooledAccounts: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 50
       *
       * Items: Id of a account
       */
      accountIds: string[];
      /**
       * Id of a user
       */
      ownerId: string;
    };
    response: BatchResult;
  };
  assignPooledLeads: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 50
       *
       * Items: Id of a lead
       */
      leadIds: string[];
      /**
       * Id of a user
       */
      ownerId: string;
    };
    response: BatchResult;
  };
  claimAccounts: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 50
       *
       * Items: Id of a account
       */
      accountIds: string[];
    };
    response: BatchResult;
  };
  claimLeads: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 50
       *
       * Items: Id of a lead
       */
      leadIds: string[];
    };
    response: BatchResult;
  };
  createPool: {
    body: {
      name: {
        en: string;
        "zh-CN"?: string;
      };
      /**
       * What the pool holds; it stays so
       */
      entity?: "lead" | "account";
      /**
       * People who may claim from it
       *
       * @maxItems 500
       *
       * Items: Id of a user
       */
      memberIds?: string[];
      /**
       * Teams whose people may claim from it
       *
       * @maxItems 50
       *
       * Items: Id of a team
       */
      memberTeamIds?: string[];
      /**
       * People who give out what it holds, see addresses, and claim without daily limits; admins are always some
       *
       * @maxItems 500
       *
       * Items: Id of a user
       */
      adminIds?: string[];
      /**
       * Open leads, or accounts without a deal that was won, that a person may have to claim another one
       */
      holdingCap?: number;
      /**
       * Claims by one person in a day of the organisation; a return gives none back
       */
      claimsPerDay?: number;
      /**
       * For how many times 24 hours the last owner of a record may not claim it
       */
      waitDaysForPreviousOwner?: number;
      /**
       * For how many hours nobody may claim what has just come
       */
      lockHoursAfterEntry?: number;
      /**
       * Whether members see e-mail and phone only in part
       */
      maskContactBeforeClaim?: boolean;
      /**
       * Takes leads that no assignment rule gives to anybody, if it holds leads
       */
      isDefault?: boolean;
    };
    response: {
      /**
       * Id of a pool
       */
      id: string;
      name: {
        en: string;
        "zh-CN"?: string;
      };
      /**
       * What the pool holds; it stays so
       */
      entity: "lead" | "account";
      memberIds: string[];
      memberTeamIds: string[];
      adminIds: string[];
      holdingCap?: number;
      claimsPerDay?: number;
      waitDaysForPreviousOwner?: number;
      lockHoursAfterEntry?: number;
      maskContactBeforeClaim: boolean;
      isDefault: boolean;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  deletePool: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    response: null;
  };
  getPool: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    response: {
      /**
       * Id of a pool
       */
      id: string;
      name: {
        en: string;
        "zh-CN"?: string;
      };
      /**
       * What the pool holds; it stays so
       */
      entity: "lead" | "account";
      memberIds: string[];
      memberTeamIds: string[];
      adminIds: string[];
      holdingCap?: number;
      claimsPerDay?: number;
      waitDaysForPreviousOwner?: number;
      lockHoursAfterEntry?: number;
      maskContactBeforeClaim: boolean;
      isDefault: boolean;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  getPoolHealth: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    response: {
      /**
       * How many wait in it
       */
      size: number;
      /**
       * Whether there are more than were counted
       */
      isAtLeast: boolean;
      /**
       * Since when the first of them waits
       */
      oldestAt?: string;
      oldestWaitSeconds?: number;
      firstTouch: {
        /**
         * Claims of the last thirty days, today included
         */
        claims: number;
        /**
         * How many of them have been followed up: by a follow-up note, or a move of the lead
         */
        count: number;
        /**
         * From a claim to its first touch, of those that have one
         */
        meanSeconds?: number;
        /**
         * Within which half of those were touched, to a step such as 15 minutes, 4 hours, 2 days
         */
        medianWithinSeconds?: number;
        /**
         * The same for nine of ten; missing when it is more than thirty days
         */
        p90WithinSeconds?: number;
      };
      /**
       * Who has claimed in the last thirty days, today included
       */
      claims: {
        userId: string;
        today: number;
        last30Days: number;
      }[];
    };
  };
  listPooledAccounts: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    response: {
      items: {
        /**
         * Id of a account
         */
        id: string;
        version: number;
        name: string;
        industry?: string;
        employees?: number;
        annualRevenueMinor?: number;
        region?: string;
        website?: string;
        /**
         * In part, unless the pool or the caller's part in it shows it
         */
        phone?: string;
        tags: string[];
        pool: {
          /**
           * Id of a pool
           */
          poolId: string;
          at: string;
          /**
           * Id of a user
           */
          previousOwnerId?: string;
          /**
           * Why it was returned; or `recycled`, when its owner had left it alone
           */
          reason?:
            | "no_answer"
            | "wrong_contact"
            | "no_need"
            | "no_budget"
            | "not_my_territory"
            | "no_capacity"
            | "other"
            | "recycled";
          /**
           * What was said about why
           */
          text?: string;
        };
        createdAt: string;
      }[];
      next?: string;
    };
  };
  listPooledLeads: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    response: {
      items: {
        /**
         * Id of a lead
         */
        id: string;
        version: number;
        name: string;
        company?: string;
        title?: string;
        /**
         * In part, unless the pool or the caller's part in it shows it
         */
        email?: string;
        /**
         * In part, unless the pool or the caller's part in it shows it
         */
        phone?: string;
        region?: string;
        industry?: string;
        source?: string;
        campaign?: string;
        tags: string[];
        pool: {
          /**
           * Id of a pool
           */
          poolId: string;
          at: string;
          /**
           * Id of a user
           */
          previousOwnerId?: string;
          /**
           * Why it was returned, with words in its statusReason; or `recycled`, when its owner had left it alone
           */
          reason?:
            | "no_answer"
            | "wrong_contact"
            | "no_need"
            | "no_budget"
            | "not_my_territory"
            | "no_capacity"
            | "other"
            | "recycled";
        };
        createdAt: string;
      }[];
      next?: string;
    };
  };
  listPools: {
    response: {
      items: {
        /**
         * Id of a pool
         */
        id: string;
        name: {
          en: string;
          "zh-CN"?: string;
        };
        /**
         * What the pool holds; it stays so
         */
        entity: "lead" | "account";
        memberIds: string[];
        memberTeamIds: string[];
        adminIds: string[];
        holdingCap?: number;
        claimsPerDay?: number;
        waitDaysForPreviousOwner?: number;
        lockHoursAfterEntry?: number;
        maskContactBeforeClaim: boolean;
        isDefault: boolean;
        /**
         * Grows by one with each change; the ETag of the record
         */
        version: number;
        createdAt: string;
        updatedAt: string;
      }[];
    };
  };
  removePooledAccounts: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 50
       *
       * Items: Id of a account
       */
      accountIds: string[];
      /**
       * Who gets the accounts; default: nobody
       */
      ownerId?: string;
    };
    response: BatchResult;
  };
  removePooledLeads: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 50
       *
       * Items: Id of a lead
       */
      leadIds: string[];
      /**
       * Who gets the leads; default: nobody, they are new again
       */
      ownerId?: string;
    };
    response: BatchResult;
  };
  returnAccount: {
    path: {
      /**
       * Id of a account
       */
      id: string;
    };
    body: {
      /**
       * Id of a pool
       */
      poolId: string;
      reason: "no_answer" | "wrong_contact" | "no_need" | "no_budget" | "not_my_territory" | "no_capacity" | "other";
      text?: string;
    };
    response: Account;
  };
  returnLead: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    body: {
      /**
       * Id of a pool
       */
      poolId: string;
      reason: "no_answer" | "wrong_contact" | "no_need" | "no_budget" | "not_my_territory" | "no_capacity" | "other";
      text?: string;
    };
    response: Lead;
  };
  updatePool: {
    path: {
      /**
       * Id of a pool
       */
      id: string;
    };
    body: {
      name?: {
        en: string;
        "zh-CN"?: string;
      };
      /**
       * People who may claim from it
       *
       * @maxItems 500
       *
       * Items: Id of a user
       */
      memberIds?: string[];
      /**
       * Teams whose people may claim from it
       *
       * @maxItems 50
       *
       * Items: Id of a team
       */
      memberTeamIds?: string[];
      /**
       * People who give out what it holds, see addresses, and claim without daily limits; admins are always some
       *
       * @maxItems 500
       *
       * Items: Id of a user
       */
      adminIds?: string[];
      holdingCap?: number | null;
      claimsPerDay?: number | null;
      waitDaysForPreviousOwner?: number | null;
      lockHoursAfterEntry?: number | null;
      /**
       * Whether members see e-mail and phone only in part
       */
      maskContactBeforeClaim?: boolean;
      /**
       * Takes leads that no assignment rule gives to anybody, if it holds leads
       */
      isDefault?: boolean;
    };
    response: {
      /**
       * Id of a pool
       */
      id: string;
      name: {
        en: string;
        "zh-CN"?: string;
      };
      /**
       * What the pool holds; it stays so
       */
      entity: "lead" | "account";
      memberIds: string[];
      memberTeamIds: string[];
      adminIds: string[];
      holdingCap?: number;
      claimsPerDay?: number;
      waitDaysForPreviousOwner?: number;
      lockHoursAfterEntry?: number;
      maskContactBeforeClaim: boolean;
      isDefault: boolean;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  createNote: {
    path: {
      id: string;
    };
    /**
     * With a channel or an outcome it is a follow-up, which stops a response clock; else a remark
     */
    body: {
      text: string;
      channel?: "call" | "mail" | "message" | "meeting";
      outcome?:
        "reached" | "no_answer" | "left_message" | "replied" | "interested" | "not_interested" | "wrong_contact";
      /**
       * Of a follow-up; default: now. At most 30 days ago and 5 minutes ahead
       */
      happenedAt?: string;
    };
    response: Note;
  };
  deleteNote: {
    path: {
      id: string;
      /**
       * Id of a note
       */
      noteId: string;
    };
    response: null;
  };
  getTimeline: {
    path: {
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    response: TimelinePage;
  };
  updateNote: {
    path: {
      id: string;
      /**
       * Id of a note
       */
      noteId: string;
    };
    body: {
      text?: string;
      channel?: ("call" | "mail" | "message" | "meeting") | null;
      outcome?:
        | ("reached" | "no_answer" | "left_message" | "replied" | "interested" | "not_interested" | "wrong_contact")
        | null;
    };
    response: Note;
  };
  createImport: {
    body: NewImport;
    response: Import;
  };
  getImport: {
    path: {
      /**
       * Id of a import
       */
      id: string;
    };
    response: Import;
  };
  listImports: {
    query: {
      limit?: number;
      cursor?: string;
    };
    response: ImportPage;
  };
  createExport: {
    body: NewExport;
    response: Export;
  };
  getExport: {
    path: {
      /**
       * Id of a export
       */
      id: string;
    };
    response: Export;
  };
  listExports: {
    query: {
      limit?: number;
      cursor?: string;
    };
    response: ExportPage;
  };
  getFunnel: {
    query: {
      /**
       * Id of a pipeline
       */
      pipelineId: string;
      /**
       * First day, inclusive
       */
      from?: string;
      /**
       * Day after the last one
       */
      to?: string;
      groupBy?: "none" | "owner" | "team" | "region" | "source" | "product" | "industry";
    };
    response: Funnel;
  };
  getKpis: {
    query: {
      /**
       * First day, inclusive
       */
      from?: string;
      /**
       * Day after the last one
       */
      to?: string;
      groupBy?: "none" | "owner" | "team" | "region" | "source" | "product" | "industry";
    };
    response: Kpis;
  };
  getMetrics: {
    response: Metrics;
  };
  getDuplicatePolicy: {
    response: DuplicatePolicy;
  };
  getOrganization: {
    response: Organization;
  };
  putDuplicatePolicy: {
    body: {
      account: {
        /**
         * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
         */
        name: "refuse" | "warn" | "allow";
        /**
         * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
         */
        phone: "refuse" | "warn" | "allow";
      };
      contact: {
        /**
         * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
         */
        email: "refuse" | "warn" | "allow";
        /**
         * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
         */
        phone: "refuse" | "warn" | "allow";
      };
      lead: {
        /**
         * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
         */
        email: "refuse" | "warn" | "allow";
        /**
         * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
         */
        phone: "refuse" | "warn" | "allow";
      };
    };
    response: DuplicatePolicy;
  };
  updateRates: {
    body: {
      /**
       * @maxItems 180
       */
      rates: {
        /**
         * ISO 4217 currency code
         */
        currency: string;
        rate: string;
      }[];
    };
    response: Organization;
  };
  getCalendar: {
    response: OrganizationCalendar;
  };
  putCalendar: {
    body: {
      name: {
        en: string;
        "zh-CN"?: string;
      };
      /**
       * IANA time zone
       */
      zone: string;
      hours: {
        /**
         * @maxItems 6
         */
        monday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        tuesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        wednesday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        thursday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        friday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        saturday?: {
          from: string;
          until: string;
        }[];
        /**
         * @maxItems 6
         */
        sunday?: {
          from: string;
          until: string;
        }[];
      };
      /**
       * @maxItems 200
       */
      holidays?: {
        from: string;
        until: string;
        name?: {
          en: string;
          "zh-CN"?: string;
        };
      }[];
      /**
       * @maxItems 200
       */
      makeUpDays?: {
        date: string;
        /**
         * The weekday whose hours are worked
         */
        hoursOf: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        name?: {
          en: string;
          "zh-CN"?: string;
        };
      }[];
    };
    response: OrganizationCalendar;
  };
  backtestAssignmentRules: {
    body: AssignmentBacktestRequest;
    response: AssignmentBacktest;
  };
  getAssignmentRules: {
    response: AssignmentRuleSet;
  };
  getResponsePolicies: {
    response: ResponsePolicySet;
  };
  putAssignmentRules: {
    body: AssignmentRules1;
    response: AssignmentRuleSet;
  };
  putResponsePolicies: {
    body: ResponsePolicies;
    response: ResponsePolicySet;
  };
  getAccountRecycling: {
    path: {
      /**
       * Id of a account
       */
      id: string;
    };
    response: AccountRecycling;
  };
  getLeadRecycling: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    response: LeadRecycling;
  };
  getRecyclingRules: {
    query: {
      /**
       * What the rules are for; default: leads
       */
      entity?: "lead" | "account";
    };
    response: RecyclingRuleSet;
  };
  putRecyclingRules: {
    query: {
      /**
       * What the rules are for; default: leads
       */
      entity?: "lead" | "account";
    };
    body: RecyclingRules;
    response: RecyclingRuleSet;
  };
  getLeadScore: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    response: ScoredLead;
  };
  getScoringProgress: {
    response: ScoringProgress;
  };
  getScoringRules: {
    response: ScoringRules;
  };
  putScoringRules: {
    body: ScoringRuleSet;
    response: ScoringRules;
  };
  recordBehaviour: {
    body: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      events: unknown[];
    };
    response: BatchResult;
  };
  createApiKey: {
    path: {
      /**
       * Id of a serviceAccount
       */
      id: string;
    };
    body: {
      name: string;
      /**
       * @minItems 1
       * @maxItems 50
       *
       * Items: `<entity>:read` or `<entity>:write`; write is create, update and delete, as far as the role may. `note` covers timelines; an import or an export needs the scope of what it imports or exports, too.
       */
      scopes: (
        | "*:read"
        | "*:write"
        | "user:read"
        | "user:write"
        | "team:read"
        | "team:write"
        | "account:read"
        | "account:write"
        | "contact:read"
        | "contact:write"
        | "product:read"
        | "product:write"
        | "pipeline:read"
        | "pipeline:write"
        | "opportunity:read"
        | "opportunity:write"
        | "note:read"
        | "note:write"
        | "import:read"
        | "import:write"
        | "view:read"
        | "view:write"
        | "export:read"
        | "export:write"
        | "lead:read"
        | "lead:write"
        | "organization:read"
        | "organization:write"
        | "analytics:read"
        | "analytics:write"
      )[];
      /**
       * At most two years ahead
       */
      expiresAt: string;
    };
    response: {
      /**
       * How the key begins; enough to tell it by, and no secret
       */
      id: string;
      /**
       * Id of a serviceAccount
       */
      serviceAccountId: string;
      name: string;
      /**
       * Items: `<entity>:read` or `<entity>:write`; write is create, update and delete, as far as the role may. `note` covers timelines; an import or an export needs the scope of what it imports or exports, too.
       */
      scopes: (
        | "*:read"
        | "*:write"
        | "user:read"
        | "user:write"
        | "team:read"
        | "team:write"
        | "account:read"
        | "account:write"
        | "contact:read"
        | "contact:write"
        | "product:read"
        | "product:write"
        | "pipeline:read"
        | "pipeline:write"
        | "opportunity:read"
        | "opportunity:write"
        | "note:read"
        | "note:write"
        | "import:read"
        | "import:write"
        | "view:read"
        | "view:write"
        | "export:read"
        | "export:write"
        | "lead:read"
        | "lead:write"
        | "organization:read"
        | "organization:write"
        | "analytics:read"
        | "analytics:write"
      )[];
      expiresAt: string;
      /**
       * Kept at most once an hour
       */
      lastUsedAt?: string;
      revokedAt?: string;
      /**
       * The key that rotation has put in its place
       */
      successorId?: string;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
      /**
       * Send it as a bearer token. It is shown this once and kept nowhere, so that the answer to a repeated request is without it
       */
      secret?: string;
    };
  };
  createServiceAccount: {
    body: {
      name: string;
      description?: string;
      role?: "manager" | "rep" | "analyst" | "integration";
      /**
       * Id of a team
       */
      teamId?: string;
      requestsPerMinute?: number;
    };
    response: ServiceAccount;
  };
  getServiceAccount: {
    path: {
      /**
       * Id of a serviceAccount
       */
      id: string;
    };
    response: ServiceAccount;
  };
  listApiKeys: {
    path: {
      /**
       * Id of a serviceAccount
       */
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    response: ApiKeyPage;
  };
  listServiceAccounts: {
    query: {
      limit?: number;
      cursor?: string;
    };
    response: ServiceAccountPage;
  };
  revokeApiKey: {
    path: {
      /**
       * Id of a serviceAccount
       */
      id: string;
      /**
       * Id of a apiKey
       */
      keyId: string;
    };
    response: null;
  };
  rotateApiKey: {
    path: {
      /**
       * Id of a serviceAccount
       */
      id: string;
      /**
       * Id of a apiKey
       */
      keyId: string;
    };
    body: {
      /**
       * How long the old key still works, unless it expires before
       */
      overlapSeconds?: number;
      /**
       * Of the new key; default: as long as the old one was made for
       */
      expiresAt?: string;
    };
    response: {
      /**
       * How the key begins; enough to tell it by, and no secret
       */
      id: string;
      /**
       * Id of a serviceAccount
       */
      serviceAccountId: string;
      name: string;
      /**
       * Items: `<entity>:read` or `<entity>:write`; write is create, update and delete, as far as the role may. `note` covers timelines; an import or an export needs the scope of what it imports or exports, too.
       */
      scopes: (
        | "*:read"
        | "*:write"
        | "user:read"
        | "user:write"
        | "team:read"
        | "team:write"
        | "account:read"
        | "account:write"
        | "contact:read"
        | "contact:write"
        | "product:read"
        | "product:write"
        | "pipeline:read"
        | "pipeline:write"
        | "opportunity:read"
        | "opportunity:write"
        | "note:read"
        | "note:write"
        | "import:read"
        | "import:write"
        | "view:read"
        | "view:write"
        | "export:read"
        | "export:write"
        | "lead:read"
        | "lead:write"
        | "organization:read"
        | "organization:write"
        | "analytics:read"
        | "analytics:write"
      )[];
      expiresAt: string;
      /**
       * Kept at most once an hour
       */
      lastUsedAt?: string;
      revokedAt?: string;
      /**
       * The key that rotation has put in its place
       */
      successorId?: string;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
      /**
       * Send it as a bearer token. It is shown this once and kept nowhere, so that the answer to a repeated request is without it
       */
      secret?: string;
    };
  };
  updateServiceAccount: {
    path: {
      /**
       * Id of a serviceAccount
       */
      id: string;
    };
    body: {
      name?: string;
      description?: string | null;
      role?: "manager" | "rep" | "analyst" | "integration";
      teamId?: string | null;
      requestsPerMinute?: number | null;
      /**
       * `false` stops all of its keys within 60 s
       */
      active?: boolean;
    };
    response: ServiceAccount;
  };
  getAccountHistory: {
    path: {
      /**
       * Id of a account
       */
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    response: AuditPage;
  };
  getContactHistory: {
    path: {
      /**
       * Id of a contact
       */
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    response: AuditPage;
  };
  getLeadHistory: {
    path: {
      /**
       * Id of a lead
       */
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    response: AuditPage;
  };
  getOpportunityHistory: {
    path: {
      /**
       * Id of a opportunity
       */
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    response: AuditPage;
  };
  listAudit: {
    query: {
      limit?: number;
      cursor?: string;
      /**
       * Default: thirty days before `to`
       */
      from?: string;
      /**
       * Default: now
       */
      to?: string;
      actor?: string;
      /**
       * Kind of record
       */
      entity?:
        | "user"
        | "team"
        | "account"
        | "contact"
        | "product"
        | "pipeline"
        | "opportunity"
        | "note"
        | "import"
        | "serviceAccount"
        | "apiKey"
        | "dataSubjectRequest"
        | "merge"
        | "deactivation"
        | "view"
        | "export"
        | "lead"
        | "form"
        | "pool"
        | "organization"
        | "policy"
        | "share";
    };
    response: AuditPage;
  };
  createDataSubjectRequest: {
    body: {
      type: "export" | "erasure";
      subjectId: string;
      /**
       * Number of the case where it is filed; no names, as it is never erased
       */
      reference?: string;
    };
    response: {
      /**
       * Id of a dataSubjectRequest
       */
      id: string;
      type: "export" | "erasure";
      subjectId: string;
      reference?: string;
      status: "running" | "completed" | "failed";
      /**
       * Where it is at: the store that is being erased; absent before the first and after the last
       */
      store?: string;
      /**
       * Items that were erased or exported so far
       */
      items: number;
      /**
       * JSON file of a completed export; the link works for a few minutes, the file is kept for a week
       */
      downloadUrl?: string;
      problem?: string;
      finishedAt?: string;
      createdBy: string;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  findDataSubjects: {
    query: {
      /**
       * As a whole; case does not matter
       */
      email?: string;
      /**
       * In any way of writing; without a country code it is one of the organisation's country
       */
      phone?: string;
    };
    response: {
      items: {
        id: string;
        name: string;
        title?: string;
        email?: string;
        phone?: string;
        /**
         * Id of a account
         */
        accountId?: string;
      }[];
    };
  };
  getDataSubjectRequest: {
    path: {
      /**
       * Id of a dataSubjectRequest
       */
      id: string;
    };
    response: {
      /**
       * Id of a dataSubjectRequest
       */
      id: string;
      type: "export" | "erasure";
      subjectId: string;
      reference?: string;
      status: "running" | "completed" | "failed";
      /**
       * Where it is at: the store that is being erased; absent before the first and after the last
       */
      store?: string;
      /**
       * Items that were erased or exported so far
       */
      items: number;
      /**
       * JSON file of a completed export; the link works for a few minutes, the file is kept for a week
       */
      downloadUrl?: string;
      problem?: string;
      finishedAt?: string;
      createdBy: string;
      /**
       * Grows by one with each change; the ETag of the record
       */
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  listDataSubjectRequests: {
    query: {
      limit?: number;
      cursor?: string;
    };
    response: {
      items: {
        /**
         * Id of a dataSubjectRequest
         */
        id: string;
        type: "export" | "erasure";
        subjectId: string;
        reference?: string;
        status: "running" | "completed" | "failed";
        /**
         * Where it is at: the store that is being erased; absent before the first and after the last
         */
        store?: string;
        /**
         * Items that were erased or exported so far
         */
        items: number;
        /**
         * JSON file of a completed export; the link works for a few minutes, the file is kept for a week
         */
        downloadUrl?: string;
        problem?: string;
        finishedAt?: string;
        createdBy: string;
        /**
         * Grows by one with each change; the ETag of the record
         */
        version: number;
        createdAt: string;
        updatedAt: string;
      }[];
      next?: string;
    };
  };
  getAccountMerge: {
    path: {
      /**
       * Id of a account
       */
      id: string;
      /**
       * Id of a merge
       */
      mergeId: string;
    };
    response: Merge;
  };
  getContactMerge: {
    path: {
      /**
       * Id of a contact
       */
      id: string;
      /**
       * Id of a merge
       */
      mergeId: string;
    };
    response: Merge;
  };
  listAccountMerges: {
    path: {
      /**
       * Id of a account
       */
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    response: MergePage;
  };
  listContactMerges: {
    path: {
      /**
       * Id of a contact
       */
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    response: MergePage;
  };
  mergeAccounts: {
    path: {
      /**
       * Id of a account
       */
      id: string;
    };
    body: {
      /**
       * Id of a account
       */
      loserId: string;
      /**
       * Whose value is kept, by field; default: the winner's, or the loser's where the winner has none
       */
      fields?: {
        [k: string]: "winner" | "loser";
      };
    };
    response: Merge;
  };
  mergeContacts: {
    path: {
      /**
       * Id of a contact
       */
      id: string;
    };
    body: {
      /**
       * Id of a contact
       */
      loserId: string;
      /**
       * Whose value is kept, by field; default: the winner's, or the loser's where the winner has none
       */
      fields?: {
        [k: string]: "winner" | "loser";
      };
    };
    response: Merge;
  };
  undoAccountMerge: {
    path: {
      /**
       * Id of a account
       */
      id: string;
      /**
       * Id of a merge
       */
      mergeId: string;
    };
    body: {
      /**
       * What becomes of fields of the winner that were changed since; needed when there are any
       */
      edits?: "keep" | "discard";
    };
    response: Merge;
  };
  undoContactMerge: {
    path: {
      /**
       * Id of a contact
       */
      id: string;
      /**
       * Id of a merge
       */
      mergeId: string;
    };
    body: {
      /**
       * What becomes of fields of the winner that were changed since; needed when there are any
       */
      edits?: "keep" | "discard";
    };
    response: Merge;
  };
  search: {
    query: {
      /**
       * Words, or beginnings of words, of a name or of a lead's company; parts of a Chinese one from two letters on; the beginning of an e-mail address, of its domain, of a website or of an external id; a phone number in any spelling, its beginning or its last four digits. What holds all of them is found
       */
      q: string;
      /**
       * Kinds of records, with commas between them; default: all that the caller may read
       */
      entity?: string;
      limit?: number;
      cursor?: string;
    };
    response: SearchPage;
  };
  createView: {
    body: NewView;
    response: View;
  };
  deleteView: {
    path: {
      /**
       * Id of a view
       */
      id: string;
    };
    response: null;
  };
  getView: {
    path: {
      /**
       * Id of a view
       */
      id: string;
    };
    response: View;
  };
  listViews: {
    query: {
      limit?: number;
      cursor?: string;
      entity?: "account" | "contact" | "opportunity" | "lead";
    };
    response: ViewPage;
  };
  updateView: {
    path: {
      /**
       * Id of a view
       */
      id: string;
    };
    body: ViewPatch;
    response: View;
  };
  countUnread: {
    response: {
      /**
       * Among the latest 200
       */
      count: number;
      /**
       * Whether there are older ones, which were not counted
       */
      isMore: boolean;
    };
  };
  deleteNotificationTemplate: {
    path: {
      kind:
        | "account_assigned"
        | "contact_assigned"
        | "opportunity_assigned"
        | "lead_assigned"
        | "lead_unassigned"
        | "lead_response_due"
        | "lead_response_missed"
        | "lead_response_escalated"
        | "lead_recycle_due"
        | "lead_recycled"
        | "account_recycle_due"
        | "account_recycled"
        | "records_handed_over"
        | "hand_over_completed"
        | "hand_over_failed"
        | "export_completed"
        | "export_failed"
        | "import_completed"
        | "import_tried"
        | "import_failed"
        | "data_subject_request_failed";
    };
    response: null;
  };
  getNotificationPreferences: {
    response: NotificationPreferences;
  };
  listNotificationTemplates: {
    response: NotificationTemplates;
  };
  listNotifications: {
    query: {
      limit?: number;
      cursor?: string;
      /**
       * true: only what is unread; a page looks at 200 at most, and may then be short
       */
      unread?: "true" | "false";
    };
    response: NotificationPage;
  };
  putNotificationPreferences: {
    body: {
      /**
       * at_once: within a minute or two; digest: one mail a day
       */
      email: "at_once" | "digest" | "off";
      /**
       * Where it is another one for some topics; the inbox has all of them
       */
      topics?: {
        [k: string]: "at_once" | "digest" | "off";
      };
      /**
       * Mail waits until they are over
       */
      quietHours?: {
        from: string;
        until: string;
      };
      /**
       * When the day's digest comes, in the person's zone
       */
      digestAt?: string;
    };
    response: NotificationPreferences;
  };
  putNotificationTemplate: {
    path: {
      kind:
        | "account_assigned"
        | "contact_assigned"
        | "opportunity_assigned"
        | "lead_assigned"
        | "lead_unassigned"
        | "lead_response_due"
        | "lead_response_missed"
        | "lead_response_escalated"
        | "lead_recycle_due"
        | "lead_recycled"
        | "account_recycle_due"
        | "account_recycled"
        | "records_handed_over"
        | "hand_over_completed"
        | "hand_over_failed"
        | "export_completed"
        | "export_failed"
        | "import_completed"
        | "import_tried"
        | "import_failed"
        | "data_subject_request_failed";
    };
    /**
     * A language that is left out has the product's words
     */
    body: {
      en?: {
        /**
         * One line; the subject of a mail
         */
        title: string;
        /**
         * Plain text; links in it stay, those in values are broken in mail
         */
        text: string;
      };
      "zh-CN"?: {
        /**
         * One line; the subject of a mail
         */
        title: string;
        /**
         * Plain text; links in it stay, those in values are broken in mail
         */
        text: string;
      };
    };
    response: OwnNotificationTemplate1;
  };
  readNotifications: {
    body: {
      /**
       * Those that were shown
       *
       * @minItems 1
       * @maxItems 100
       *
       * Items: Id of a notification
       */
      ids: string[];
    };
    response: {
      /**
       * Those that are not in the caller's inbox, or no more
       */
      notFound: string[];
    };
  };
}
export interface Team {
  /**
   * Id of a team
   */
  id: string;
  name: string;
  /**
   * Id of a user
   */
  managerId?: string;
  /**
   * Id of a team
   */
  parentId?: string;
  region?: string;
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface TeamPage {
  items: Team[];
  next?: string;
}
export interface UserPage {
  items: {
    /**
     * Id of a user
     */
    id: string;
    name: string;
    email?: string;
    role: "admin" | "manager" | "rep" | "analyst" | "integration";
    /**
     * Id of a team
     */
    teamId?: string;
    /**
     * Language in which the person is addressed
     */
    locale?: "zh-CN" | "en";
    externalId?: {
      source: string;
      id: string;
    };
    /**
     * Regions that the person is responsible for
     *
     * @maxItems 50
     */
    territories?: string[];
    /**
     * @maxItems 50
     */
    skills?: string[];
    /**
     * IANA zone of working hours and leave; default: the organisation's
     */
    zone?: string;
    workingHours?: {
      /**
       * @maxItems 6
       */
      monday?: {
        from: string;
        until: string;
      }[];
      /**
       * @maxItems 6
       */
      tuesday?: {
        from: string;
        until: string;
      }[];
      /**
       * @maxItems 6
       */
      wednesday?: {
        from: string;
        until: string;
      }[];
      /**
       * @maxItems 6
       */
      thursday?: {
        from: string;
        until: string;
      }[];
      /**
       * @maxItems 6
       */
      friday?: {
        from: string;
        until: string;
      }[];
      /**
       * @maxItems 6
       */
      saturday?: {
        from: string;
        until: string;
      }[];
      /**
       * @maxItems 6
       */
      sunday?: {
        from: string;
        until: string;
      }[];
    };
    /**
     * Whole days off, the first and the last one included
     *
     * @maxItems 100
     */
    leave?: {
      from: string;
      until: string;
    }[];
    active: boolean;
    invitation?: {
      /**
       * requested: the e-mail is on its way; accepted: the person has signed in; failed: see `reason`
       */
      state: "requested" | "sent" | "accepted" | "failed";
      /**
       * When the invitation was last asked for
       */
      at: string;
      reason?: "email_in_use" | "undeliverable";
    };
    /**
     * The last deactivation
     */
    deactivationId?: string;
    /**
     * Grows by one with each change; the ETag of the record
     */
    version: number;
    createdAt: string;
    updatedAt: string;
    /**
     * not_invited: in the directory alone; invited: may sign in and has not yet; active: has signed in; disabled: deactivated
     */
    status: "not_invited" | "invited" | "active" | "disabled";
  }[];
  next?: string;
}
/**
 * One result a row, in order
 */
export interface BatchResult {
  results: {
    /**
     * Position of the row in the batch, from 0
     */
    index: number;
    /**
     * As a single request would get it: 201 made, 200 changed or as it was, else refused
     */
    status: number;
    id?: string;
    version?: number;
    /**
     * Likely duplicates that the caller may read; absent when there are none
     */
    duplicates?: Duplicate[];
    /**
     * Why the row was refused; pointers lead into the batch
     */
    problem?: {
      type: string;
      title: string;
      status: number;
      code: string;
      requestId: string;
      [k: string]: unknown;
    };
  }[];
}
export interface Duplicate {
  id: string;
  name: string;
  matchedBy: ("name" | "email" | "phone")[];
}
export interface WrittenAccount {
  /**
   * Id of a account
   */
  id: string;
  name: string;
  industry?: string;
  employees?: number;
  /**
   * In minor units of the base currency
   */
  annualRevenueMinor?: number;
  foundedYear?: number;
  region?: string;
  website?: string;
  phone?: string;
  /**
   * The last day of the contract
   */
  contractEndsOn?: string;
  /**
   * Id of a account
   */
  parentId?: string;
  /**
   * Id of a user
   */
  ownerId?: string;
  /**
   * Id of a team
   */
  teamId?: string;
  tags: string[];
  externalId?: {
    source: string;
    id: string;
  };
  /**
   * Where it waits while it is in a pool
   */
  pool?: {
    /**
     * Id of a pool
     */
    poolId: string;
    at: string;
    /**
     * Id of a user
     */
    previousOwnerId?: string;
    /**
     * Why it was returned; or `recycled`, when its owner had left it alone
     */
    reason?:
      | "no_answer"
      | "wrong_contact"
      | "no_need"
      | "no_budget"
      | "not_my_territory"
      | "no_capacity"
      | "other"
      | "recycled";
    /**
     * What was said about why
     */
    text?: string;
  };
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
  /**
   * Likely duplicates that the caller may read; absent when there are none
   */
  duplicates?: Duplicate[];
}
/**
 * Those that the caller may read, at most twenty; the surest first
 */
export interface Duplicates {
  items: Duplicate[];
}
export interface Account {
  /**
   * Id of a account
   */
  id: string;
  name: string;
  industry?: string;
  employees?: number;
  /**
   * In minor units of the base currency
   */
  annualRevenueMinor?: number;
  foundedYear?: number;
  region?: string;
  website?: string;
  phone?: string;
  /**
   * The last day of the contract
   */
  contractEndsOn?: string;
  /**
   * Id of a account
   */
  parentId?: string;
  /**
   * Id of a user
   */
  ownerId?: string;
  /**
   * Id of a team
   */
  teamId?: string;
  tags: string[];
  externalId?: {
    source: string;
    id: string;
  };
  /**
   * Where it waits while it is in a pool
   */
  pool?: {
    /**
     * Id of a pool
     */
    poolId: string;
    at: string;
    /**
     * Id of a user
     */
    previousOwnerId?: string;
    /**
     * Why it was returned; or `recycled`, when its owner had left it alone
     */
    reason?:
      | "no_answer"
      | "wrong_contact"
      | "no_need"
      | "no_budget"
      | "not_my_territory"
      | "no_capacity"
      | "other"
      | "recycled";
    /**
     * What was said about why
     */
    text?: string;
  };
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface AccountPage {
  items: Account[];
  next?: string;
}
export interface WrittenContact {
  /**
   * Id of a contact
   */
  id: string;
  name: string;
  /**
   * Id of a account
   */
  accountId?: string;
  title?: string;
  email?: string;
  phone?: string;
  /**
   * Id of a user
   */
  ownerId?: string;
  /**
   * Id of a team
   */
  teamId?: string;
  tags: string[];
  externalId?: {
    source: string;
    id: string;
  };
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
  /**
   * Likely duplicates that the caller may read; absent when there are none
   */
  duplicates?: Duplicate[];
}
export interface Contact {
  /**
   * Id of a contact
   */
  id: string;
  name: string;
  /**
   * Id of a account
   */
  accountId?: string;
  title?: string;
  email?: string;
  phone?: string;
  /**
   * Id of a user
   */
  ownerId?: string;
  /**
   * Id of a team
   */
  teamId?: string;
  tags: string[];
  externalId?: {
    source: string;
    id: string;
  };
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface ContactPage {
  items: Contact[];
  next?: string;
}
export interface Product {
  /**
   * Id of a product
   */
  id: string;
  name: string;
  code?: string;
  family?: string;
  listPriceMinor?: number;
  /**
   * ISO 4217 currency code
   */
  currency?: string;
  active: boolean;
  externalId?: {
    source: string;
    id: string;
  };
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface ProductPage {
  items: Product[];
  next?: string;
}
export interface Pipeline {
  /**
   * Id of a pipeline
   */
  id: string;
  name: {
    en: string;
    "zh-CN"?: string;
  };
  definitionVersion: number;
  stages: {
    id: string;
    name: {
      en: string;
      "zh-CN"?: string;
    };
    type: "open" | "won" | "lost";
    probability: number;
    forecastCategory: "omitted" | "pipeline" | "best_case" | "commit" | "closed";
  }[];
  transitions: {
    from: string;
    to: string;
    requiredFields: ("accountId" | "amountMinor" | "expectedCloseDate" | "productIds" | "source" | "ownerId")[];
    requiresReason: boolean;
  }[];
  isDefault: boolean;
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface Board {
  /**
   * Changes up to this instant are counted
   */
  asOf: string;
  lagSeconds: number;
  /**
   * Id of a pipeline
   */
  pipelineId: string;
  currency: string;
  stages: {
    stageId: string;
    name: string;
    type: "open" | "won" | "lost";
    count: number;
    amountMinor: number;
    /**
     * The first page; GET /v1/opportunities?stage=… lists all
     */
    opportunities: Opportunity[];
  }[];
}
export interface Opportunity {
  /**
   * Id of a opportunity
   */
  id: string;
  name: string;
  /**
   * Id of a user
   */
  ownerId?: string;
  /**
   * Id of a team
   */
  teamId?: string;
  /**
   * Id of a account
   */
  accountId?: string;
  /**
   * Items: Id of a product
   */
  productIds: string[];
  /**
   * Id of a pipeline
   */
  pipelineId: string;
  pipelineVersion: number;
  stageId: string;
  status: "open" | "won" | "lost";
  amountMinor: number;
  /**
   * ISO 4217 currency code
   */
  currency: string;
  /**
   * Amount in the organisation's base currency, at the rate of the last change of the amount
   */
  baseAmountMinor: number;
  expectedCloseDate?: string;
  source?: string;
  /**
   * Industry of the account
   */
  industry?: string;
  tags: string[];
  externalId?: {
    source: string;
    id: string;
  };
  openedAt?: string;
  closedAt?: string;
  firstClosedAt?: string;
  lostReason?: string;
  history: {
    stageId: string;
    enteredAt: string;
    exitedAt?: string;
  }[];
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface PipelinePage {
  items: Pipeline[];
  next?: string;
}
export interface OpportunityPage {
  items: Opportunity[];
  next?: string;
}
export interface TransitionOffers {
  stageId: string;
  items: {
    to: string;
    name: {
      en: string;
      "zh-CN"?: string;
    };
    type: "open" | "won" | "lost";
    requiredFields: ("accountId" | "amountMinor" | "expectedCloseDate" | "productIds" | "source" | "ownerId")[];
    requiresReason: boolean;
    requiresLostReason: boolean;
    blockedBy: {
      rule: "same_stage" | "not_a_transition" | "field_required" | "reason_required" | "lost_reason_required";
      field?: string;
      message: string;
    }[];
  }[];
}
export interface Lead {
  /**
   * Id of a lead
   */
  id: string;
  name: string;
  company?: string;
  title?: string;
  email?: string;
  phone?: string;
  website?: string;
  region?: string;
  industry?: string;
  source?: string;
  campaign?: string;
  utm?: {
    source?: string;
    medium?: string;
    campaign?: string;
    term?: string;
    content?: string;
  };
  /**
   * What the person has written
   */
  message?: string;
  custom?: {
    [k: string]: string | number | boolean;
  };
  consent?: {
    text: string;
    at: string;
    /**
     * The form on which it was given
     */
    formId?: string;
  };
  /**
   * The public form that it came by
   */
  formId?: string;
  status: "new" | "assigned" | "working" | "converted" | "disqualified" | "pooled";
  /**
   * Why it is disqualified, or was put into a pool
   */
  statusReason?: string;
  statusChangedAt: string;
  /**
   * What it has become, once it is converted
   */
  conversion?: {
    at: string;
    /**
     * Id of a account
     */
    accountId: string;
    /**
     * Id of a contact
     */
    contactId: string;
    /**
     * Id of a opportunity
     */
    opportunityId?: string;
  };
  /**
   * Where it waits while it is pooled
   */
  pool?: {
    /**
     * Id of a pool
     */
    poolId: string;
    at: string;
    /**
     * Id of a user
     */
    previousOwnerId?: string;
    /**
     * Why it was returned, with words in its statusReason; or `recycled`, when its owner had left it alone
     */
    reason?:
      | "no_answer"
      | "wrong_contact"
      | "no_need"
      | "no_budget"
      | "not_my_territory"
      | "no_capacity"
      | "other"
      | "recycled";
  };
  /**
   * Id of a user
   */
  ownerId?: string;
  /**
   * Id of a team
   */
  teamId?: string;
  tags: string[];
  externalId?: {
    source: string;
    id: string;
  };
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface WrittenLead {
  /**
   * Id of a lead
   */
  id: string;
  name: string;
  company?: string;
  title?: string;
  email?: string;
  phone?: string;
  website?: string;
  region?: string;
  industry?: string;
  source?: string;
  campaign?: string;
  utm?: {
    source?: string;
    medium?: string;
    campaign?: string;
    term?: string;
    content?: string;
  };
  /**
   * What the person has written
   */
  message?: string;
  custom?: {
    [k: string]: string | number | boolean;
  };
  consent?: {
    text: string;
    at: string;
    /**
     * The form on which it was given
     */
    formId?: string;
  };
  /**
   * The public form that it came by
   */
  formId?: string;
  status: "new" | "assigned" | "working" | "converted" | "disqualified" | "pooled";
  /**
   * Why it is disqualified, or was put into a pool
   */
  statusReason?: string;
  statusChangedAt: string;
  /**
   * What it has become, once it is converted
   */
  conversion?: {
    at: string;
    /**
     * Id of a account
     */
    accountId: string;
    /**
     * Id of a contact
     */
    contactId: string;
    /**
     * Id of a opportunity
     */
    opportunityId?: string;
  };
  /**
   * Where it waits while it is pooled
   */
  pool?: {
    /**
     * Id of a pool
     */
    poolId: string;
    at: string;
    /**
     * Id of a user
     */
    previousOwnerId?: string;
    /**
     * Why it was returned, with words in its statusReason; or `recycled`, when its owner had left it alone
     */
    reason?:
      | "no_answer"
      | "wrong_contact"
      | "no_need"
      | "no_budget"
      | "not_my_territory"
      | "no_capacity"
      | "other"
      | "recycled";
  };
  /**
   * Id of a user
   */
  ownerId?: string;
  /**
   * Id of a team
   */
  teamId?: string;
  tags: string[];
  externalId?: {
    source: string;
    id: string;
  };
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
  /**
   * Likely duplicates that the caller may read; absent when there are none
   */
  duplicates?: Duplicate[];
}
export interface LeadAssignment {
  /**
   * Id of a lead
   */
  leadId: string;
  /**
   * Absent when no rule was asked: somebody had the lead already, there were no rules, or it is still to come
   */
  decision?: {
    at: string;
    /**
     * All but `assigned` lead to a pool: no rule matched, nobody could take it, or the rule says so
     */
    outcome: "assigned" | "no_rule" | "no_candidate" | "pool_rule";
    userId?: string;
    rules?: {
      ruleId: string;
      outcome: "decided" | "disabled" | "not_matched" | "no_account_owner" | "several_account_owners" | "no_region";
    }[];
    /**
     * People whom the rule names, with all that stood against them; of more than 500 some, whoever was chosen first
     */
    candidates?: {
      userId: string;
      /**
       * available: somebody else's turn
       */
      outcome: "chosen" | "available" | "refused";
      /**
       * All that stood against the person
       */
      refusals: (
        | {
            /**
             * excluded: has had the lead before; unknown: there is no such person
             */
            why: "unknown" | "inactive" | "excluded" | "leave" | "holiday" | "off_hours";
          }
        | {
            why: "period_cap";
            period: "day" | "week" | "month";
            count: number;
            max: number;
          }
        | {
            why: "open_cap";
            count: number;
            max: number;
          }
      )[];
    }[];
    teamId?: string;
    /**
     * The rule that decided
     */
    ruleId?: string;
    /**
     * The pool that the lead went to, when nobody was given it
     */
    poolId?: string;
    /**
     * Version of the rules that were tried
     */
    rulesVersion: number;
  };
}
export interface LeadResponse {
  /**
   * Id of a lead
   */
  leadId: string;
  /**
   * Absent when no policy held for the lead when it was assigned, or it is still to come
   */
  clock?: {
    state: "running" | "met" | "breached" | "answered_late" | "ended";
    /**
     * Who has to answer
     */
    ownerId: string;
    /**
     * From when the present owner's time counts
     */
    assignedAt: string;
    /**
     * In business time of the owner's calendar
     */
    respondBy?: string;
    /**
     * How often it went to somebody else because nobody had answered
     */
    reassignments: number;
    /**
     * All who have had it since it was assigned, in order
     */
    holders: {
      userId: string;
      from: string;
      /**
       * When it was found that the deadline had passed
       */
      missedAt?: string;
    }[];
    /**
     * When the first touch was written: a follow-up note, or a move of the status
     */
    answeredAt?: string;
    escalatedAt?: string;
    /**
     * The manager who was told
     */
    escalatedTo?: string;
    /**
     * The policy that holds, unless it looks at hidden fields
     */
    policyId?: string;
    /**
     * When the owner is reminded next
     */
    remindAt?: string;
    /**
     * What follows next
     */
    next?: {
      step: "remind" | "reassign" | "escalate" | "pool";
      at: string;
    };
  };
}
export interface LeadPage {
  items: Lead[];
  next?: string;
}
export interface LeadTransitionOffers {
  status: "new" | "assigned" | "working" | "converted" | "disqualified" | "pooled";
  items: {
    to: "new" | "assigned" | "working" | "converted" | "disqualified" | "pooled";
    requiresOwner: boolean;
    requiresReason: boolean;
    blockedBy: {
      rule: "same_status" | "not_a_transition" | "owner_required" | "owner_not_allowed" | "reason_required";
      field?: string;
      message: string;
    }[];
  }[];
}
export interface Form {
  /**
   * Id of a form
   */
  id: string;
  name: string;
  /**
   * Part of the address to which the page sends the form; it is no secret
   */
  key: string;
  active: boolean;
  allowedOrigins: string[];
  fields: {
    /**
     * Name of the input on the page
     */
    input: string;
    /**
     * Field of the lead
     */
    to: string;
    required?: boolean;
  }[];
  source?: string;
  campaign?: string;
  consentText?: string;
  consentInput?: string;
  honeypotInput?: string;
  redirectUrl?: string;
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface FormPage {
  items: Form[];
  next?: string;
}
export interface Note {
  /**
   * Id of a note
   */
  id: string;
  /**
   * The record that it was written on, which may have been merged since
   */
  recordId: string;
  text: string;
  authorId: string;
  channel?: "call" | "mail" | "message" | "meeting";
  outcome?: "reached" | "no_answer" | "left_message" | "replied" | "interested" | "not_interested" | "wrong_contact";
  /**
   * Of a follow-up: when it happened by its author's word. It counts from `createdAt`
   */
  happenedAt?: string;
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface TimelinePage {
  items: TimelineEntry[];
  next?: string;
}
export interface TimelineEntry {
  id: string;
  at: string;
  kind:
    | "note"
    | "created"
    | "stage_changed"
    | "status_changed"
    | "owner_changed"
    | "deleted"
    | "restored"
    | "merged"
    | "unmerged";
  actorId: string;
  note?: Note;
  details?: {
    [k: string]: string;
  };
}
export interface NewImport {
  entity: "accounts" | "contacts" | "products" | "users" | "opportunities" | "leads";
  /**
   * Default: columns named like fields
   */
  mapping?: {
    /**
     * By the column's name in the header; columns that are not named here are left out
     */
    columns: {
      [k: string]:
        | string
        | {
            field: string;
            /**
             * Exact replacements of cells, after trimming
             */
            values?: {
              [k: string]: string;
            };
            /**
             * Value of an empty cell
             */
            default?: string;
          }
        | {
            field: string;
            /**
             * Exact replacements of cells, after trimming
             */
            values?: {
              [k: string]: string;
            };
            /**
             * Value of an empty cell
             */
            default?: string;
          }[]
        | null;
    };
    constants?: {
      [k: string]: string;
    };
  };
  dryRun?: boolean;
  options?: {
    /**
     * iso: 2026-11-25; us: 11/25/2026
     */
    dateFormat?: "iso" | "us";
    encoding?: "auto" | "utf-8" | "gb18030";
    delimiter?: "," | ";" | "\t";
    /**
     * Currency of amounts without one; default: the base currency
     */
    currency?: string;
    /**
     * Names the system that external ids come from
     */
    externalIdSource?: string;
    onExisting?: "update" | "skip";
    /**
     * @maxItems 2
     */
    createMissing?: ("teams" | "managers")[];
  };
}
export interface Import {
  /**
   * Id of a import
   */
  id: string;
  entity: "accounts" | "contacts" | "products" | "users" | "opportunities" | "leads";
  status: "awaiting_upload" | "running" | "completed" | "failed";
  dryRun: boolean;
  /**
   * PUT the CSV here; only in the answer that creates the import
   */
  uploadUrl?: string;
  uploadHeaders?: {
    [k: string]: string;
  };
  counts: {
    rows: number;
    created: number;
    updated: number;
    skipped: number;
    failed: number;
    /**
     * Rows that look like another record: created or updated all the same, or failed, by the policy
     */
    duplicates?: number;
  };
  /**
   * Known once the file has been read through
   */
  totalRows?: number;
  rowsPerSecond?: number;
  /**
   * CSV of the failed rows with reasons, among them `forbidden`, `duplicate_value` and `field_not_allowed` for what the sender may not write; present when there are any, for whoever sent the file and for admins
   */
  errorsUrl?: string;
  /**
   * Why the whole import failed
   */
  problem?: string;
  startedAt?: string;
  finishedAt?: string;
  createdBy: string;
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface ImportPage {
  items: Import[];
  next?: string;
}
export interface NewExport {
  entity: "account" | "contact" | "opportunity" | "lead";
  format: "csv" | "ndjson";
  filter?: Condition;
  /**
   * A saved view: its filter holds besides, its fields unless others are given
   */
  view?: string;
  /**
   * @minItems 1
   * @maxItems 50
   */
  fields?: string[];
  /**
   * Of the names of stages and pipelines; default: that of the answer
   */
  language?: "en" | "zh-CN";
}
/**
 * A rule about one record: `all`, `any` or `not` of others, or a `field` with one or more operators. People may be `me`, teams `myTeam` or `myTeams`; dates may be relative.
 */
export interface Condition {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
export interface Export {
  /**
   * Id of a export
   */
  id: string;
  entity: "account" | "contact" | "opportunity" | "lead";
  format: "csv" | "ndjson";
  filter?: Condition1;
  /**
   * The view as it was when the export was ordered
   */
  view?: string;
  /**
   * Default: every field that whoever asked may see
   */
  fields?: string[];
  language: "en" | "zh-CN";
  status: "running" | "completed" | "failed";
  /**
   * Records in the file so far
   */
  rows: number;
  /**
   * Size of the finished file
   */
  bytes?: number;
  /**
   * The finished file; the link works for five minutes, each answer has a new one
   */
  downloadUrl?: string;
  /**
   * When the file is removed
   */
  expiresAt?: string;
  /**
   * Why the export failed
   */
  problem?: string;
  finishedAt?: string;
  /**
   * Who asked for it: a user or a service account
   */
  ownerId: string;
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
/**
 * What was asked for, with the filter of the view; of contacts and leads, once it is over, without values that may name somebody
 */
export interface Condition1 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
export interface ExportPage {
  items: Export[];
  next?: string;
}
export interface Funnel {
  /**
   * Changes up to this instant are counted
   */
  asOf: string;
  lagSeconds: number;
  /**
   * Id of a pipeline
   */
  pipelineId: string;
  currency: string;
  groups: {
    key: string;
    label: string;
    open: number;
    won: number;
    lost: number;
    winRate: number | null;
    stages: {
      stageId: string;
      name: string;
      type: "open" | "won" | "lost";
      entered: number;
      current: number;
      amountMinor: number;
      movedOn: number;
      lost: number;
      conversionToNext: number | null;
      conversionToWon: number | null;
      timeInStageDays: {
        mean: number | null;
        median: number | null;
        p90: number | null;
      };
    }[];
  }[];
}
export interface Kpis {
  /**
   * Changes up to this instant are counted
   */
  asOf: string;
  lagSeconds: number;
  currency: string;
  groups: {
    key: string;
    label: string;
    open: number;
    won: number;
    lost: number;
    winRate: number | null;
    wonAmountMinor: number;
    averageDealMinor: number | null;
    cycleDays: {
      mean: number | null;
      median: number | null;
      p90: number | null;
    };
    velocityMinorPerDay: number | null;
  }[];
}
export interface Metrics {
  items: {
    id: string;
    name: string;
    formula: string;
    cohort: string;
    currency: string;
    zone: string;
  }[];
}
export interface DuplicatePolicy {
  account: {
    /**
     * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
     */
    name: "refuse" | "warn" | "allow";
    /**
     * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
     */
    phone: "refuse" | "warn" | "allow";
  };
  contact: {
    /**
     * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
     */
    email: "refuse" | "warn" | "allow";
    /**
     * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
     */
    phone: "refuse" | "warn" | "allow";
  };
  lead: {
    /**
     * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
     */
    email: "refuse" | "warn" | "allow";
    /**
     * refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for
     */
    phone: "refuse" | "warn" | "allow";
  };
  version: number;
  createdAt?: string;
  updatedAt?: string;
}
export interface Organization {
  customer: string;
  /**
   * ISO 4217 currency code
   */
  baseCurrency: string;
  zone: string;
  locale: string;
  rates: {
    /**
     * ISO 4217 currency code
     */
    currency: string;
    rate: string;
  }[];
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
}
export interface OrganizationCalendar {
  name: {
    en: string;
    "zh-CN"?: string;
  };
  /**
   * IANA time zone
   */
  zone: string;
  hours: {
    /**
     * @maxItems 6
     */
    monday?: {
      from: string;
      until: string;
    }[];
    /**
     * @maxItems 6
     */
    tuesday?: {
      from: string;
      until: string;
    }[];
    /**
     * @maxItems 6
     */
    wednesday?: {
      from: string;
      until: string;
    }[];
    /**
     * @maxItems 6
     */
    thursday?: {
      from: string;
      until: string;
    }[];
    /**
     * @maxItems 6
     */
    friday?: {
      from: string;
      until: string;
    }[];
    /**
     * @maxItems 6
     */
    saturday?: {
      from: string;
      until: string;
    }[];
    /**
     * @maxItems 6
     */
    sunday?: {
      from: string;
      until: string;
    }[];
  };
  /**
   * @maxItems 200
   */
  holidays?: {
    from: string;
    until: string;
    name?: {
      en: string;
      "zh-CN"?: string;
    };
  }[];
  /**
   * @maxItems 200
   */
  makeUpDays?: {
    date: string;
    /**
     * The weekday whose hours are worked
     */
    hoursOf: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
    name?: {
      en: string;
      "zh-CN"?: string;
    };
  }[];
  version: number;
  createdAt?: string;
  updatedAt?: string;
}
export interface AssignmentBacktestRequest {
  /**
   * First day, in the organisation's zone
   */
  from: string;
  /**
   * The day after the last one
   */
  to: string;
  rules?: AssignmentRules;
}
/**
 * Rules to try; default: those that hold now
 */
export interface AssignmentRules {
  /**
   * @maxItems 100
   */
  rules: {
    id: string;
    name?: {
      en: string;
      "zh-CN"?: string;
    };
    enabled?: boolean;
    when?: Condition2;
    target:
      | {
          kind: "user";
          /**
           * Id of a user
           */
          userId: string;
        }
      | {
          kind: "round_robin";
          among: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
        }
      | {
          kind: "weighted";
          /**
           * @minItems 1
           * @maxItems 200
           */
          people: {
            /**
             * Id of a user
             */
            userId: string;
            weight: number;
          }[];
        }
      | {
          kind: "least_loaded";
          among: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
        }
      | {
          kind: "territory";
          among?: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
          pick?: "round_robin" | "least_loaded";
        }
      | {
          kind: "skill";
          /**
           * @minItems 1
           * @maxItems 10
           */
          skills: string[];
          among?: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
          pick?: "round_robin" | "least_loaded";
        }
      | {
          kind: "account_owner";
        }
      | {
          kind: "pool";
        };
    /**
     * Each one that is given replaces that of the whole set
     */
    guards?: {
      /**
       * Only who is at work at the time; by default true
       */
      workingHours?: boolean;
      /**
       * Leads that one person is given in a day of the organisation, by all rules
       */
      maxPerDay?: number;
      maxPerWeek?: number;
      maxPerMonth?: number;
      /**
       * Open leads that a person has already
       */
      maxOpen?: number;
    };
    /**
     * Where the lead goes when nobody can take it; default: the default pool
     */
    poolId?: string;
  }[];
  guards?: {
    /**
     * Only who is at work at the time; by default true
     */
    workingHours?: boolean;
    /**
     * Leads that one person is given in a day of the organisation, by all rules
     */
    maxPerDay?: number;
    maxPerWeek?: number;
    maxPerMonth?: number;
    /**
     * Open leads that a person has already
     */
    maxOpen?: number;
  };
}
/**
 * About the lead; default: every lead
 */
export interface Condition2 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
export interface AssignmentBacktest {
  from: string;
  to: string;
  /**
   * Leads that were created in the period and are still there
   */
  leads: number;
  assigned: number;
  pooled: number;
  /**
   * Nobody could take them, and there is no pool for them
   */
  unassigned: number;
  /**
   * Whoever would have got a lead, most first; beside it how many of all these leads are theirs now
   */
  people: {
    userId: string;
    leads: number;
    ownsNow: number;
  }[];
  /**
   * In their order; `decided` without `assigned` went to a pool or to nobody
   */
  rules: {
    ruleId: string;
    decided: number;
    assigned: number;
  }[];
  pools: {
    poolId: string;
    leads: number;
  }[];
  /**
   * One for each lead, in the order in which they came
   */
  decisions: {
    /**
     * Id of a lead
     */
    leadId: string;
    at: string;
    ruleId?: string;
    userId?: string;
    poolId?: string;
    /**
     * Who has the lead now
     */
    ownerId?: string;
  }[];
}
export interface AssignmentRuleSet {
  /**
   * @maxItems 100
   */
  rules: {
    id: string;
    name?: {
      en: string;
      "zh-CN"?: string;
    };
    enabled?: boolean;
    when?: Condition3;
    target:
      | {
          kind: "user";
          /**
           * Id of a user
           */
          userId: string;
        }
      | {
          kind: "round_robin";
          among: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
        }
      | {
          kind: "weighted";
          /**
           * @minItems 1
           * @maxItems 200
           */
          people: {
            /**
             * Id of a user
             */
            userId: string;
            weight: number;
          }[];
        }
      | {
          kind: "least_loaded";
          among: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
        }
      | {
          kind: "territory";
          among?: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
          pick?: "round_robin" | "least_loaded";
        }
      | {
          kind: "skill";
          /**
           * @minItems 1
           * @maxItems 10
           */
          skills: string[];
          among?: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
          pick?: "round_robin" | "least_loaded";
        }
      | {
          kind: "account_owner";
        }
      | {
          kind: "pool";
        };
    /**
     * Each one that is given replaces that of the whole set
     */
    guards?: {
      /**
       * Only who is at work at the time; by default true
       */
      workingHours?: boolean;
      /**
       * Leads that one person is given in a day of the organisation, by all rules
       */
      maxPerDay?: number;
      maxPerWeek?: number;
      maxPerMonth?: number;
      /**
       * Open leads that a person has already
       */
      maxOpen?: number;
    };
    /**
     * Where the lead goes when nobody can take it; default: the default pool
     */
    poolId?: string;
  }[];
  guards?: {
    /**
     * Only who is at work at the time; by default true
     */
    workingHours?: boolean;
    /**
     * Leads that one person is given in a day of the organisation, by all rules
     */
    maxPerDay?: number;
    maxPerWeek?: number;
    maxPerMonth?: number;
    /**
     * Open leads that a person has already
     */
    maxOpen?: number;
  };
  version: number;
  createdAt?: string;
  updatedAt?: string;
}
/**
 * About the lead; default: every lead
 */
export interface Condition3 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
export interface ResponsePolicySet {
  /**
   * @maxItems 50
   */
  policies: {
    id: string;
    name?: {
      en: string;
      "zh-CN"?: string;
    };
    when?: Condition4;
    respondWithinMinutes: number;
    /**
     * The owner is reminded so long before the deadline
     *
     * @maxItems 5
     */
    remindBeforeMinutes?: number[];
    /**
     * How often a lead that was not answered in time goes to somebody else, for as long again
     */
    reassignments?: number;
    /**
     * How long after the manager was told the lead goes to a pool; default: it stays
     */
    poolAfterMinutes?: number;
    /**
     * Which pool that is; default: the default pool
     */
    poolId?: string;
  }[];
  version: number;
  createdAt?: string;
  updatedAt?: string;
}
/**
 * About the lead; default: every lead
 */
export interface Condition4 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
export interface AssignmentRules1 {
  /**
   * @maxItems 100
   */
  rules: {
    id: string;
    name?: {
      en: string;
      "zh-CN"?: string;
    };
    enabled?: boolean;
    when?: Condition2;
    target:
      | {
          kind: "user";
          /**
           * Id of a user
           */
          userId: string;
        }
      | {
          kind: "round_robin";
          among: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
        }
      | {
          kind: "weighted";
          /**
           * @minItems 1
           * @maxItems 200
           */
          people: {
            /**
             * Id of a user
             */
            userId: string;
            weight: number;
          }[];
        }
      | {
          kind: "least_loaded";
          among: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
        }
      | {
          kind: "territory";
          among?: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
          pick?: "round_robin" | "least_loaded";
        }
      | {
          kind: "skill";
          /**
           * @minItems 1
           * @maxItems 10
           */
          skills: string[];
          among?: {
            /**
             * @minItems 1
             * @maxItems 20
             *
             * Items: Id of a team
             */
            teamIds?: string[];
            /**
             * @minItems 1
             * @maxItems 200
             *
             * Items: Id of a user
             */
            userIds?: string[];
          };
          pick?: "round_robin" | "least_loaded";
        }
      | {
          kind: "account_owner";
        }
      | {
          kind: "pool";
        };
    /**
     * Each one that is given replaces that of the whole set
     */
    guards?: {
      /**
       * Only who is at work at the time; by default true
       */
      workingHours?: boolean;
      /**
       * Leads that one person is given in a day of the organisation, by all rules
       */
      maxPerDay?: number;
      maxPerWeek?: number;
      maxPerMonth?: number;
      /**
       * Open leads that a person has already
       */
      maxOpen?: number;
    };
    /**
     * Where the lead goes when nobody can take it; default: the default pool
     */
    poolId?: string;
  }[];
  guards?: {
    /**
     * Only who is at work at the time; by default true
     */
    workingHours?: boolean;
    /**
     * Leads that one person is given in a day of the organisation, by all rules
     */
    maxPerDay?: number;
    maxPerWeek?: number;
    maxPerMonth?: number;
    /**
     * Open leads that a person has already
     */
    maxOpen?: number;
  };
}
export interface ResponsePolicies {
  /**
   * @maxItems 50
   */
  policies: {
    id: string;
    name?: {
      en: string;
      "zh-CN"?: string;
    };
    when?: Condition5;
    respondWithinMinutes: number;
    /**
     * The owner is reminded so long before the deadline
     *
     * @maxItems 5
     */
    remindBeforeMinutes?: number[];
    /**
     * How often a lead that was not answered in time goes to somebody else, for as long again
     */
    reassignments?: number;
    /**
     * How long after the manager was told the lead goes to a pool; default: it stays
     */
    poolAfterMinutes?: number;
    /**
     * Which pool that is; default: the default pool
     */
    poolId?: string;
  }[];
}
/**
 * About the lead; default: every lead
 */
export interface Condition5 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
export interface AccountRecycling {
  /**
   * Id of a account
   */
  accountId: string;
  /**
   * Absent when no rule has ever counted days of the record, or it is still to be seen
   */
  recycling?: {
    state: "running" | "recycled" | "ended";
    /**
     * Who has the record, or has lost it
     */
    ownerId: string;
    ownedSince: string;
    /**
     * The owner's time has seen this follow-up last
     */
    touchedAt?: string;
    /**
     * When the record goes to the pool
     */
    recycleAt?: string;
    /**
     * Id of a pool
     */
    poolId?: string;
    because?: {
      since: "touch" | "assignment" | "creation" | "opportunity" | "contractEnd" | "protection";
      days: number;
      /**
       * The instant from which these days are counted
       */
      from: string;
    };
    /**
     * The last warning that was given of this end
     */
    warned?: {
      daysAhead: number;
      at: string;
    };
    recycledAt?: string;
    /**
     * The rule that holds, unless it looks at hidden fields
     */
    ruleId?: string;
    /**
     * What follows next
     */
    next?: {
      step: "warn" | "recycle";
      at: string;
    };
  };
}
export interface LeadRecycling {
  /**
   * Id of a lead
   */
  leadId: string;
  /**
   * Absent when no rule has ever counted days of the record, or it is still to be seen
   */
  recycling?: {
    state: "running" | "recycled" | "ended";
    /**
     * Who has the record, or has lost it
     */
    ownerId: string;
    ownedSince: string;
    /**
     * The owner's time has seen this follow-up last
     */
    touchedAt?: string;
    /**
     * When the record goes to the pool
     */
    recycleAt?: string;
    /**
     * Id of a pool
     */
    poolId?: string;
    because?: {
      since: "touch" | "assignment" | "creation" | "opportunity" | "contractEnd" | "protection";
      days: number;
      /**
       * The instant from which these days are counted
       */
      from: string;
    };
    /**
     * The last warning that was given of this end
     */
    warned?: {
      daysAhead: number;
      at: string;
    };
    recycledAt?: string;
    /**
     * The rule that holds, unless it looks at hidden fields
     */
    ruleId?: string;
    /**
     * What follows next
     */
    next?: {
      step: "warn" | "recycle";
      at: string;
    };
  };
}
export interface RecyclingRuleSet {
  /**
   * @maxItems 50
   */
  rules: {
    id: string;
    name?: {
      en: string;
      "zh-CN"?: string;
    };
    when?: Condition6;
    after: RecyclingTrigger;
    /**
     * For how many days nobody loses what they have just been given or have claimed
     */
    protectDays?: number;
    /**
     * So many days ahead the owner is warned. Nobody loses anything without the last of these warnings: when it comes late, so does the end
     *
     * @maxItems 10
     */
    warnDays?: number[];
    /**
     * Where the record goes: a pool of its kind. While there is no such pool the rule is for none
     */
    poolId: string;
  }[];
  version: number;
  createdAt?: string;
  updatedAt?: string;
}
/**
 * Which leads, or accounts, it is for; default: every one that has an owner
 */
export interface Condition6 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
/**
 * `days` `since` something, each of them 24 hours; or `all` or `any` of several. `opportunity` and `contractEnd` are for accounts alone: with an open opportunity, or without a contract's end, they never hold
 */
export interface RecyclingTrigger {
  /**
   * @minItems 1
   * @maxItems 20
   */
  all?: RecyclingTrigger[];
  /**
   * @minItems 1
   * @maxItems 20
   */
  any?: RecyclingTrigger[];
  since?: "touch" | "assignment" | "creation" | "opportunity" | "contractEnd";
  days?: number;
}
export interface RecyclingRules {
  /**
   * @maxItems 50
   */
  rules: {
    id: string;
    name?: {
      en: string;
      "zh-CN"?: string;
    };
    when?: Condition7;
    after: RecyclingTrigger;
    /**
     * For how many days nobody loses what they have just been given or have claimed
     */
    protectDays?: number;
    /**
     * So many days ahead the owner is warned. Nobody loses anything without the last of these warnings: when it comes late, so does the end
     *
     * @maxItems 10
     */
    warnDays?: number[];
    /**
     * Where the record goes: a pool of its kind. While there is no such pool the rule is for none
     */
    poolId: string;
  }[];
}
/**
 * Which leads, or accounts, it is for; default: every one that has an owner
 */
export interface Condition7 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
export interface ScoredLead {
  /**
   * Id of a lead
   */
  leadId: string;
  /**
   * Absent when there are no rules, or the lead's turn is still to come
   */
  score?: {
    total: number;
    fit: number;
    engagement: number;
    grade?: string;
    parts: (
      | {
          reason: "fit" | "engagement";
          ruleId: string;
          group: string;
          points: number;
        }
      | {
          reason: "group_limit";
          group: string;
          /**
           * What the limit of the group takes from its rules, or gives
           */
          points: number;
        }
      | {
          reason: "total_limit";
          points: number;
        }
      | {
          reason: "withheld";
          group: string;
          /**
           * Of rules that look at what the reader may not see, taken together
           */
          points: number;
        }
    )[];
    /**
     * The time that the points are as of: those of events halve as time goes by
     */
    at: string;
    /**
     * When rules last looked at the lead or an event of it
     */
    scoredAt: string;
    /**
     * Version of the rules that were used
     */
    rulesVersion: number;
  };
}
export interface ScoringProgress {
  /**
   * Version of the rules that leads are scored by
   */
  rulesVersion: number;
  /**
   * waiting: it begins once every part of the product knows the rules, half a minute after the change
   */
  state: "waiting" | "running" | "completed" | "failed";
  /**
   * Leads that have been scored
   */
  done: number;
  /**
   * How many there are, as far as the last time has told
   */
  estimate?: number;
  startedAt?: string;
  updatedAt?: string;
}
export interface ScoringRules {
  name: {
    en: string;
    "zh-CN"?: string;
  };
  /**
   * @maxItems 20
   */
  groups: (
    | {
        kind: "fit";
        id: string;
        name: {
          en: string;
          "zh-CN"?: string;
        };
        /**
         * All that the group can add
         */
        maxPoints?: number;
        /**
         * All that the group can take away
         */
        minPoints?: number;
        /**
         * @maxItems 50
         */
        rules: {
          id: string;
          name?: {
            en: string;
            "zh-CN"?: string;
          };
          when: Condition8;
          /**
           * Below zero takes points away
           */
          points: number;
        }[];
      }
    | {
        kind: "engagement";
        id: string;
        name: {
          en: string;
          "zh-CN"?: string;
        };
        /**
         * All that the group can add
         */
        maxPoints?: number;
        /**
         * All that the group can take away
         */
        minPoints?: number;
        /**
         * @maxItems 50
         */
        rules: {
          id: string;
          name?: {
            en: string;
            "zh-CN"?: string;
          };
          eventType: string;
          when?: Condition9;
          /**
           * Below zero takes points away
           */
          points: number;
          /**
           * Days after which half of the points are left; default: they stay
           */
          halfLifeDays?: number;
        }[];
      }
  )[];
  minTotal?: number;
  maxTotal?: number;
  /**
   * A total has the first grade that it reaches; one that reaches none has none
   *
   * @maxItems 10
   */
  grades?: {
    grade: string;
    from: number;
  }[];
  version: number;
  createdAt?: string;
  updatedAt?: string;
}
/**
 * About the lead
 */
export interface Condition8 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
/**
 * About the event; default: every one of its type
 */
export interface Condition9 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
export interface ScoringRuleSet {
  name: {
    en: string;
    "zh-CN"?: string;
  };
  /**
   * @maxItems 20
   */
  groups: (
    | {
        kind: "fit";
        id: string;
        name: {
          en: string;
          "zh-CN"?: string;
        };
        /**
         * All that the group can add
         */
        maxPoints?: number;
        /**
         * All that the group can take away
         */
        minPoints?: number;
        /**
         * @maxItems 50
         */
        rules: {
          id: string;
          name?: {
            en: string;
            "zh-CN"?: string;
          };
          when: Condition10;
          /**
           * Below zero takes points away
           */
          points: number;
        }[];
      }
    | {
        kind: "engagement";
        id: string;
        name: {
          en: string;
          "zh-CN"?: string;
        };
        /**
         * All that the group can add
         */
        maxPoints?: number;
        /**
         * All that the group can take away
         */
        minPoints?: number;
        /**
         * @maxItems 50
         */
        rules: {
          id: string;
          name?: {
            en: string;
            "zh-CN"?: string;
          };
          eventType: string;
          when?: Condition11;
          /**
           * Below zero takes points away
           */
          points: number;
          /**
           * Days after which half of the points are left; default: they stay
           */
          halfLifeDays?: number;
        }[];
      }
  )[];
  minTotal?: number;
  maxTotal?: number;
  /**
   * A total has the first grade that it reaches; one that reaches none has none
   *
   * @maxItems 10
   */
  grades?: {
    grade: string;
    from: number;
  }[];
}
/**
 * About the lead
 */
export interface Condition10 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
/**
 * About the event; default: every one of its type
 */
export interface Condition11 {
  /**
   * @minItems 1
   * @maxItems 50
   */
  all?: Condition[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  any?: Condition[];
  not?: Condition;
  field?: string;
  currency?: string;
  eq?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  /**
   * @minItems 1
   * @maxItems 100
   */
  in?: (string | number | boolean)[];
  gt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  gte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lt?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  lte?:
    | (string | number | boolean)
    | {
        start: "day" | "week" | "month" | "quarter" | "year";
        offset?: number;
      };
  startsWith?: string;
  contains?: string;
  exists?: boolean;
}
export interface ServiceAccount {
  /**
   * Id of a serviceAccount
   */
  id: string;
  name: string;
  description?: string;
  role: "manager" | "rep" | "analyst" | "integration";
  /**
   * Id of a team
   */
  teamId?: string;
  /**
   * Own budget; absent: that of the organisation
   */
  requestsPerMinute?: number;
  active: boolean;
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface ApiKeyPage {
  items: ApiKey[];
  next?: string;
}
export interface ApiKey {
  /**
   * How the key begins; enough to tell it by, and no secret
   */
  id: string;
  /**
   * Id of a serviceAccount
   */
  serviceAccountId: string;
  name: string;
  /**
   * Items: `<entity>:read` or `<entity>:write`; write is create, update and delete, as far as the role may. `note` covers timelines; an import or an export needs the scope of what it imports or exports, too.
   */
  scopes: (
    | "*:read"
    | "*:write"
    | "user:read"
    | "user:write"
    | "team:read"
    | "team:write"
    | "account:read"
    | "account:write"
    | "contact:read"
    | "contact:write"
    | "product:read"
    | "product:write"
    | "pipeline:read"
    | "pipeline:write"
    | "opportunity:read"
    | "opportunity:write"
    | "note:read"
    | "note:write"
    | "import:read"
    | "import:write"
    | "view:read"
    | "view:write"
    | "export:read"
    | "export:write"
    | "lead:read"
    | "lead:write"
    | "organization:read"
    | "organization:write"
    | "analytics:read"
    | "analytics:write"
  )[];
  expiresAt: string;
  /**
   * Kept at most once an hour
   */
  lastUsedAt?: string;
  revokedAt?: string;
  /**
   * The key that rotation has put in its place
   */
  successorId?: string;
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface ServiceAccountPage {
  items: ServiceAccount[];
  next?: string;
}
/**
 * Newest first. A page may hold fewer entries than asked for, or none; only without `next` it is the last.
 */
export interface AuditPage {
  items: AuditEntry[];
  next?: string;
}
export interface AuditEntry {
  /**
   * Deterministic: the same change always has the same id
   */
  id: string;
  at: string;
  /**
   * Id of the user or service account, or `system`
   */
  actorId: string;
  /**
   * The API key that was used
   */
  keyId?: string;
  /**
   * Where the change came from: api, import, workflow, hand_over, mail, form, system
   */
  source: string;
  requestId: string;
  command: string;
  reason?: string;
  /**
   * access: users, teams, shares and sign-ins; configuration: pipelines, products, settings; data: all others
   */
  category: "data" | "configuration" | "access";
  action:
    | "created"
    | "updated"
    | "deleted"
    | "restored"
    | "merged"
    | "unmerged"
    | "erased"
    | "shared"
    | "share_ended"
    | "signed_in";
  /**
   * Kind of the record; `share` when a record was shared or a share was ended
   */
  kind: string;
  /**
   * The record; of a share the one that is shared
   */
  recordId: string;
  /**
   * The user or team that a record is or was shared with
   */
  principalId?: string;
  /**
   * Version of the record that the change has made
   */
  version?: number;
  /**
   * App client that was used to sign in
   */
  clientId?: string;
  changes: {
    field: string;
    from?: unknown;
    to?: unknown;
    /**
     * True when the values were too large for the trail; only the name of the field is kept
     */
    omitted?: boolean;
    /**
     * True when the values were those of a person whose data was erased; nobody can read them
     */
    erased?: boolean;
  }[];
}
export interface Merge {
  /**
   * Id of a merge
   */
  id: string;
  entity: "account" | "contact";
  /**
   * The record that stays
   */
  winnerId: string;
  /**
   * The record whose id leads to the winner from now on
   */
  loserId: string;
  status: "moving" | "merged" | "undoing" | "undone";
  mergedBy: string;
  undoableUntil: string;
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface MergePage {
  items: Merge[];
  next?: string;
}
/**
 * Newest record first. A change is found, and shown, a second or so later. A page may hold fewer hits than asked for, or none, as what is read for one is bounded; only without `next` it is the last.
 */
export interface SearchPage {
  items: SearchHit[];
  next?: string;
}
export interface SearchHit {
  entity: "account" | "contact" | "opportunity" | "lead";
  id: string;
  name: string;
  /**
   * Name of the account, the industry of an account, or the company of a lead; as far as the caller may see it
   */
  subtitle?: string;
  /**
   * Field that was found
   */
  matched: "name" | "company" | "email" | "phone" | "website" | "externalId";
  /**
   * Id of a user
   */
  ownerId?: string;
  /**
   * Id of a team
   */
  teamId?: string;
}
export interface NewView {
  entity: "account" | "contact" | "opportunity" | "lead";
  name: string;
  filter?: Condition;
  /**
   * Field to sort by, `-` before it for the opposite order
   */
  sort?: string;
  /**
   * @minItems 1
   * @maxItems 50
   */
  fields?: string[];
  sharedWith?: "nobody" | "team" | "all";
}
export interface View {
  /**
   * Id of a view
   */
  id: string;
  entity: "account" | "contact" | "opportunity" | "lead";
  name: string;
  filter?: Condition;
  sort?: string;
  /**
   * Fields to show, in this order
   */
  fields?: string[];
  sharedWith: "nobody" | "team" | "all";
  /**
   * Who made it; besides, admins may change it
   */
  ownerId: string;
  /**
   * The owner's team when the owner last saved it
   */
  ownerTeamId?: string;
  /**
   * True when it selects by fields that the reader may not see; these parts are left out
   */
  restricted?: boolean;
  /**
   * Grows by one with each change; the ETag of the record
   */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface ViewPage {
  items: View[];
  next?: string;
}
export interface ViewPatch {
  name?: string;
  filter?: Condition | null;
  sort?: string | null;
  fields?: string[] | null;
  sharedWith?: "nobody" | "team" | "all";
}
export interface NotificationPreferences {
  /**
   * at_once: within a minute or two; digest: one mail a day
   */
  email: "at_once" | "digest" | "off";
  /**
   * Where it is another one for some topics; the inbox has all of them
   */
  topics?: {
    [k: string]: "at_once" | "digest" | "off";
  };
  /**
   * Mail waits until they are over
   */
  quietHours?: {
    from: string;
    until: string;
  };
  /**
   * When the day's digest comes, in the person's zone
   */
  digestAt?: string;
  version: number;
  createdAt?: string;
  updatedAt?: string;
}
export interface NotificationTemplates {
  items: {
    kind:
      | "account_assigned"
      | "contact_assigned"
      | "opportunity_assigned"
      | "lead_assigned"
      | "lead_unassigned"
      | "lead_response_due"
      | "lead_response_missed"
      | "lead_response_escalated"
      | "lead_recycle_due"
      | "lead_recycled"
      | "account_recycle_due"
      | "account_recycled"
      | "records_handed_over"
      | "hand_over_completed"
      | "hand_over_failed"
      | "export_completed"
      | "export_failed"
      | "import_completed"
      | "import_tried"
      | "import_failed"
      | "data_subject_request_failed";
    /**
     * assignments: records that one is given; deadlines: leads that wait for an answer; recycling: leads that go to a pool; jobs: exports, imports and other work that one has asked for, once it is over
     */
    topic: "assignments" | "deadlines" | "recycling" | "jobs";
    /**
     * What the texts of this kind may name in braces
     */
    fields: string[];
    /**
     * The product's words
     */
    product: {
      en: {
        /**
         * One line; the subject of a mail
         */
        title: string;
        /**
         * Plain text; links in it stay, those in values are broken in mail
         */
        text: string;
      };
      "zh-CN": {
        /**
         * One line; the subject of a mail
         */
        title: string;
        /**
         * Plain text; links in it stay, those in values are broken in mail
         */
        text: string;
      };
    };
    own: OwnNotificationTemplate;
  }[];
}
/**
 * The customer's words, which come first; its version is what If-Match names
 */
export interface OwnNotificationTemplate {
  en?: {
    /**
     * One line; the subject of a mail
     */
    title: string;
    /**
     * Plain text; links in it stay, those in values are broken in mail
     */
    text: string;
  };
  "zh-CN"?: {
    /**
     * One line; the subject of a mail
     */
    title: string;
    /**
     * Plain text; links in it stay, those in values are broken in mail
     */
    text: string;
  };
  version: number;
  createdAt?: string;
  updatedAt?: string;
}
export interface NotificationPage {
  items: Notification[];
  next?: string;
}
export interface Notification {
  /**
   * Id of a notification
   */
  id: string;
  kind:
    | "account_assigned"
    | "contact_assigned"
    | "opportunity_assigned"
    | "lead_assigned"
    | "lead_unassigned"
    | "lead_response_due"
    | "lead_response_missed"
    | "lead_response_escalated"
    | "lead_recycle_due"
    | "lead_recycled"
    | "account_recycle_due"
    | "account_recycled"
    | "records_handed_over"
    | "hand_over_completed"
    | "hand_over_failed"
    | "export_completed"
    | "export_failed"
    | "import_completed"
    | "import_tried"
    | "import_failed"
    | "data_subject_request_failed";
  /**
   * When it happened
   */
  at: string;
  /**
   * When it was read; absent: it is unread
   */
  readAt?: string;
  /**
   * Of what was handed over: the user who had it
   */
  subject: {
    entity: "account" | "contact" | "opportunity" | "lead" | "user" | "export" | "import" | "dataSubjectRequest";
    id: string;
  };
  /**
   * Who did it: a user, a service account, or system
   */
  actorId: string;
  /**
   * Of what comes: how many days were left when it was told
   */
  daysAhead?: number;
  /**
   * Of an export or an import: what its records are
   */
  records?: "account" | "contact" | "opportunity" | "lead" | "product" | "user";
  /**
   * Of work that is over: count is all of it, rows or records
   */
  counts?: {
    count?: number;
    created?: number;
    updated?: number;
    failed?: number;
  };
  /**
   * In the language of Accept-Language
   */
  title: string;
  text: string;
}
export interface OwnNotificationTemplate1 {
  en?: {
    /**
     * One line; the subject of a mail
     */
    title: string;
    /**
     * Plain text; links in it stay, those in values are broken in mail
     */
    text: string;
  };
  "zh-CN"?: {
    /**
     * One line; the subject of a mail
     */
    title: string;
    /**
     * Plain text; links in it stay, those in values are broken in mail
     */
    text: string;
  };
  version: number;
  createdAt?: string;
  updatedAt?: string;
}
