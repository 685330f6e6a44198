CREATE TABLE "import_marks" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"path" text NOT NULL,
	"byte_offset" bigint DEFAULT 0 NOT NULL,
	"fingerprint" text NOT NULL,
	"state" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "import_marks_key" PRIMARY KEY("project_id","id")
);
