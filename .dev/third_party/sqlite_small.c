// SQLite for the phone's module, where every kilobyte is waited for: less what no statement of a family's app asks for
// (JSON, dates, views, virtual tables, triggers, foreign keys, windows, ALTER TABLE, ATTACH, VACUUM, CAST, LIKE, ANALYZE,
// EXPLAIN, and of the functions all but a handful). The
// parser of the amalgamation still knows those statements: what it would call answers with an error here. There is no
// operating system below either: files come from a VFS that the program registers.
// The words that leave the parts out are in CMakeLists.txt; tests/house holds the phone's SQL to what is left.

// The functions of SQL are another table, below: what was the table's function is called by nobody then.
#define sqlite3RegisterBuiltinFunctions(...) register_functions_##__VA_ARGS__()
static void register_functions_();

// Not declared any more where triggers are left out.
#define sqlite3BeginTrigger(parse, ...) sqlite3ErrorMsg(parse, "no triggers in this build")
#define sqlite3FinishTrigger(...) ((void)0)
#define sqlite3TriggerUpdateStep(...) 0
#define sqlite3TriggerInsertStep(...) 0
#define sqlite3TriggerDeleteStep(...) 0
#define sqlite3TriggerSelectStep(...) 0
#define sqlite3DeleteTriggerStep(...) ((void)0)
#define sqlite3DropTrigger(parse, ...) sqlite3ErrorMsg(parse, "no triggers in this build")

// Nor where windows are: a statement has none, and the place for their definitions is one that is empty then.
#define pWinDefn pNext
#define sqlite3WindowListDelete(...) ((void)0)
#define sqlite3WindowChain(...) ((void)0)
#define sqlite3WindowAssemble(...) ((void*)0)
#define sqlite3WindowAlloc(parse, ...) (sqlite3ErrorMsg(parse, "no windows in this build"), (void*)0)

#include "sqlite3.c"

#include <unistd.h>

static void register_functions_(void) {
  static FuncDef kept[] = {
      FUNCTION(nullif, 2, 0, 1, nullifFunc),
      FUNCTION2(length, 1, 0, 0, lengthFunc, SQLITE_FUNC_LENGTH),
      WAGGREGATE(min, 1, 0, 1, minmaxStep, minMaxFinalize, minMaxValue, 0, SQLITE_FUNC_MINMAX | SQLITE_FUNC_ANYORDER),
      WAGGREGATE(max, 1, 1, 1, minmaxStep, minMaxFinalize, minMaxValue, 0, SQLITE_FUNC_MINMAX | SQLITE_FUNC_ANYORDER),
      WAGGREGATE(count, 0, 0, 0, countStep, countFinalize, countFinalize, countInverse, SQLITE_FUNC_COUNT | SQLITE_FUNC_ANYORDER),
      WAGGREGATE(count, 1, 0, 0, countStep, countFinalize, countFinalize, countInverse, SQLITE_FUNC_ANYORDER),
      INLINE_FUNC(coalesce, -4, INLINEFUNC_coalesce, 0),
      INLINE_FUNC(iif, -4, INLINEFUNC_iif, 0),
  };
  sqlite3InsertBuiltinFuncs(kept, ArraySize(kept));
}

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
static void sqlite3Attach(Parse* parse, Expr* a, Expr* b, Expr* c) {
  sqlite3ExprDelete(parse->db, a);
  sqlite3ExprDelete(parse->db, b);
  sqlite3ExprDelete(parse->db, c);
  left_out(parse);
}
static void sqlite3Detach(Parse* parse, Expr* a) { sqlite3Attach(parse, a, 0, 0); }
static void sqlite3Vacuum(Parse* parse, Token* a, Expr* b) { sqlite3Attach(parse, b, 0, 0); }

// These two stand among what was left out, and others call them.
static int sqlite3DbIsNamed(sqlite3* db, int place, const char* name) {
  return sqlite3StrICmp(db->aDb[place].zDbSName, name) == 0 || (place == 0 && sqlite3StrICmp("main", name) == 0);
}
static void sqlite3PagerClearCache(Pager* pager) {
  if (!pager->tempFile) pager_reset(pager);
}

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
