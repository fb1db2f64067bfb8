// SQLite for the phone's module, where every kilobyte is waited for: less what no statement of a family's app asks for
// (JSON, dates, views, virtual tables, triggers, foreign keys, ALTER TABLE, ANALYZE, EXPLAIN). The
// parser of the amalgamation still knows those statements: what it would call answers with an error here. There is no
// operating system below either: files come from a VFS that the program registers.
// The words that leave the parts out are in CMakeLists.txt; tests/house holds the phone's SQL to what is left.

// Not declared any more where triggers are left out.
#define sqlite3BeginTrigger(parse, ...) sqlite3ErrorMsg(parse, "no triggers in this build")
#define sqlite3FinishTrigger(...) ((void)0)
#define sqlite3TriggerUpdateStep(...) 0
#define sqlite3TriggerInsertStep(...) 0
#define sqlite3TriggerDeleteStep(...) 0
#define sqlite3TriggerSelectStep(...) 0
#define sqlite3DeleteTriggerStep(...) ((void)0)
#define sqlite3DropTrigger(parse, ...) sqlite3ErrorMsg(parse, "no triggers in this build")

#include "sqlite3.c"

#include <unistd.h>

static void left_out(Parse* parse) { sqlite3ErrorMsg(parse, "not in this build"); }
static void sqlite3Analyze(Parse* parse, Token* a, Token* b) { left_out(parse); }
static void sqlite3Reindex(Parse* parse, Token* a, Token* b) { left_out(parse); }
static void sqlite3CreateView(Parse* parse, Token* a, Token* b, Token* c, ExprList* d, Select* select, int f, int g) {
  sqlite3SelectDelete(parse->db, select);
  sqlite3ExprListDelete(parse->db, d);
  left_out(parse);
}
static void sqlite3VtabBeginParse(Parse* parse, Token* a, Token* b, Token* c, int d) { left_out(parse); }
static void sqlite3VtabFinishParse(Parse* parse, Token* a) {}
static void sqlite3VtabArgInit(Parse* parse) {}
static void sqlite3VtabArgExtend(Parse* parse, Token* a) {}
static void sqlite3AlterRenameTable(Parse* parse, SrcList* list, Token* a) {
  sqlite3SrcListDelete(parse->db, list);
  left_out(parse);
}
static void sqlite3AlterRenameColumn(Parse* parse, SrcList* list, Token* a, Token* b) { sqlite3AlterRenameTable(parse, list, a); }
static void sqlite3AlterDropConstraint(Parse* parse, SrcList* list, Token* a, Token* b) { sqlite3AlterRenameTable(parse, list, a); }
static void sqlite3AlterSetNotNull(Parse* parse, SrcList* list, Token* a, Token* b) { sqlite3AlterRenameTable(parse, list, a); }
static void sqlite3AlterDropColumn(Parse* parse, SrcList* list, const Token* a) { sqlite3AlterRenameTable(parse, list, 0); }
static void sqlite3AlterBeginAddColumn(Parse* parse, SrcList* list) { sqlite3AlterRenameTable(parse, list, 0); }
static void sqlite3AlterAddConstraint(Parse* parse, SrcList* list, Token* a, Token* b, const char* text, int size,
                                      Expr* check) {
  sqlite3ExprDelete(parse->db, check);
  sqlite3AlterRenameTable(parse, list, a);
}
static void sqlite3AlterFinishAddColumn(Parse* parse, Token* a) {}

// A machine without files: databases in memory open, others name the program's own VFS.
static int no_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out) {
  file->pMethods = 0;
  return SQLITE_CANTOPEN;
}
static int no_delete(sqlite3_vfs* vfs, const char* path, int sync) { return SQLITE_IOERR_DELETE; }
static int no_access(sqlite3_vfs* vfs, const char* path, int flags, int* there) {
  *there = 0;
  return SQLITE_OK;
}
static int same_path(sqlite3_vfs* vfs, const char* path, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", path);
  return SQLITE_OK;
}
static int dice(sqlite3_vfs* vfs, int size, char* out) { return getentropy(out, size) == 0 ? size : 0; }
static int no_sleep(sqlite3_vfs* vfs, int us) { return us; }
static int no_clock(sqlite3_vfs* vfs, double* day) {
  *day = 2440587.5;  // 1970: time comes to the core as an event
  return SQLITE_OK;
}
static int no_error(sqlite3_vfs* vfs, int size, char* out) { return 0; }

int sqlite3_os_init(void) {
  static sqlite3_vfs none = {1, sizeof(sqlite3_file), 64, 0, "none", 0, no_file, no_delete, no_access, same_path,
                             0, 0, 0, 0, dice, no_sleep, no_clock, no_error};
  return sqlite3_vfs_register(&none, 1);
}
int sqlite3_os_end(void) { return SQLITE_OK; }
