"""More transcripts, as in test_cli_transcripts: what people say of themselves, wrong use, the store, Cypher."""

from __future__ import annotations

import test_cli_transcripts
from test_cli_transcripts import Play

here = test_cli_transcripts.here
play = test_cli_transcripts.play


def test_goals_and_learners(play: Play) -> None:
    """
    $ skilltrail ingest .
    ...
    $ skilltrail learner show
    me
      6 h a week
      goals: none
      marks: none
    ! Nothing is stored for this learner yet; the first mark or goal does it.
    $ skilltrail learner list
    ! No learner has written anything yet.
    $ skilltrail goal list
    ! No goal is set; `skilltrail goal add "…"` sets one.
    $ skilltrail goal add HTTP --deadline 2031-05-01 --weight 2
    Goal set: HTTP, by 2031-05-01
    $ skilltrail goal list
    Goal  Weight  Deadline
    HTTP       2  2031-05-01
    $ skilltrail goal remove docker
    ! skilltrail: You have no goal called “docker”.
    ! Your goals: HTTP.
    [2]
    $ skilltrail goal remove http
    No longer a goal: HTTP
    $ skilltrail goal add HTTP --weight 0
    ! skilltrail: A goal's weight must be a number greater than 0.
    [2]
    $ skilltrail goal add HTTP --deadline tomorrow
    ! skilltrail: Invalid value for '--deadline': 'tomorrow' does not match the format '%Y-%m-%d'.
    ! `skilltrail goal add --help` explains the command.
    [2]
    $ skilltrail learner set --hours-per-week 3
    me: 3 h a week
    $ skilltrail learner set --hours-per-week 300
    ! skilltrail: Hours per week must be between 0.5 and 100.
    [2]
    $ skilltrail mark skipped Docker --learner anna
    Marked as skipped: Docker
    $ skilltrail --learner anna learner show
    anna
      6 h a week
      goals: none
      marks: 1 skipped
    $ skilltrail learner list
    anna
    me
    """
    play()


def test_parse_stores_nothing(play: Play) -> None:
    """
    $ skilltrail parse containers.md
    containers.md  markdown  “Containers”  2 topics, 1 requirement
      Docker  8 h
        needs HTTP (line 4, field-line)
      Nomad  3 h
    $ skilltrail status
    Store     .../store
    Engine    arcadedb ...
    Graph     version 0, schema 1
    Holds     0 topics, 0 requirements
    Roadmaps  none
    Sources   none
    Learners  none
    ! Nothing has been read into this store yet.
    ! `skilltrail ingest --samples` reads our sample roadmaps, `skilltrail ingest FOLDER` reads your own.
    """
    play()


def test_wrong_use(play: Play) -> None:
    """
    $ skilltrail nxt
    ! skilltrail: There is no command “nxt”. Did you mean “next”?
    ! `skilltrail --help` explains the command.
    [2]
    $ skilltrail next --limits 3
    ! skilltrail: No such option '--limits'. Did you mean '--limit'?
    ! `skilltrail next --help` explains the command.
    [2]
    $ skilltrail ingest
    ! skilltrail: Give at least one file or folder, or --samples.
    ! `skilltrail ingest --help` explains the command.
    [2]
    $ skilltrail ingest web.md nowhere.md
    ! skilltrail: nowhere.md does not exist.
    ! Check the spelling; paths are relative to the current folder.
    [2]
    $ skilltrail topics --store mysql://x
    ! skilltrail: The store address 'mysql://x' cannot be used: it has an unknown form.
    ! Use embedded:, embedded:./folder, embedded:///absolute/folder, neo4j://host:7687 or bolt://host:7687.
    [2]
    $ skilltrail topics --store neo4j://user:secret@host:7687
    ! skilltrail: The store address 'neo4j://…@host:7687' cannot be used: ....
    ! Use embedded:, embedded:./folder, embedded:///absolute/folder, neo4j://host:7687 or bolt://host:7687.
    [2]
    $ skilltrail query "RETURN 1" --param nothing
    ! skilltrail: Invalid value: “nothing” is not of the form name=value.
    ! `skilltrail query --help` explains the command.
    [2]
    $ skilltrail query " "
    ! skilltrail: The query is empty.
    ! `skilltrail query --help` explains the command.
    [2]
    """
    play()


def test_the_store_is_not_there(play: Play) -> None:
    """
    $ skilltrail topics --store neo4j://127.0.0.1:1
    ! skilltrail: The store at neo4j://127.0.0.1:1 is not reachable.
    ! Start the server, or check --store and SKILLTRAIL_STORE.
    [3]
    """
    play()


def test_query(play: Play) -> None:
    """
    $ skilltrail ingest .
    ...
    $ skilltrail query 'MATCH (t:Topic)-[:REQUIRES]->({id: $id}) RETURN t.title, t.effort_hours' -p id=http
    t.title  t.effort_hours
    Docker   8.0
    ! 1 row in ... ms
    $ skilltrail query 'MATCH (t:Topic) WHERE t.id IN $ids RETURN t.id, t.aliases' --param 'ids=["docker"]'
    t.id    t.aliases
    docker  []
    ! 1 row in ... ms
    $ skilltrail query "MATCH (t:Topic) RETURN t.id ORDER BY t.id" --max-rows 1
    t.id
    command-line
    ! 1 row in ... ms; there are more, --max-rows 1 left them out
    $ skilltrail query "MATCH (t:Topic) DETACH DELETE t"
    ! skilltrail: The query was refused: it would change the graph.
    ! The console takes read-only Cypher; documents are changed by `skilltrail ingest` and `forget`.
    [2]
    $ skilltrail query "MATSCH (t)"
    ! skilltrail: The query is not understood: Syntax error at line 1:0 - ...
    ! See docs/schema.md for labels, relationships and examples.
    [2]
    """
    play()
