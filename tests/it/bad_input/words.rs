//! Words of a key and of a group that contradict each other, or say nothing.

use crate::project::Project;

#[test]
fn contradictions_between_the_words_of_a_key_are_refused_with_their_place() {
    for (manifest, complaint, help) in [
        (
            "[keys.A]\nrequired = true\nrequired-if = { B = 1 }\n",
            "1:7: a key that is always required needs no `required-if`",
            "remove one of them, or list the environments that need it always: required = [\"production\"]",
        ),
        (
            "[keys.A]\nrequired-if = { A = 1 }\n",
            "2:17: a key cannot depend on itself",
            "name the key that decides whether this one is needed",
        ),
        (
            "[keys.A]\nrequired-if = { B = [] }\n",
            "2:17: a condition needs a value",
            "write the value, or a list of them: required-if = { MODE = [\"a\", \"b\"] }",
        ),
        (
            "[keys.A]\nrequired = true\nonly-in = [\"development\"]\n",
            "1:7: a key that is `only-in` some environments cannot be required in all",
            "list where it is required too: required = [\"development\"]",
        ),
        (
            "[keys.A]\n[keys.B]\nrequired = [\"production\"]\nonly-in = [\"development\"]\n",
            "2:7: a key is required in production, which its `only-in` leaves out",
            "add the environment to `only-in`, or do not require the key there",
        ),
        (
            "[keys.A]\nonly-in = [\"development\"]\n[keys.A.in.production]\nrequired = true\n",
            "1:7: a key is required in production, which its `only-in` leaves out",
            "add the environment to `only-in`, or do not require the key there",
        ),
        ("[keys.A]\nonly-in = []\n", "1:7: `only-in` names no environment", "name one, or use `deprecated`"),
        (
            "[keys.A]\nonly-in = [\"prodution\"]\n",
            "2:12: no environment or tier is called `prodution`",
            "did you mean `production`?",
        ),
        ("[keys.A]\nonly_in = [\"production\"]\n", "2:1: unknown key `only_in`", "did you mean `only-in`?"),
        (
            "[keys.A]\ndeprecated = true\n[keys.A.in.production]\nrequired = true\n",
            "1:7: a deprecated key cannot be required",
            "keep one of the two",
        ),
        (
            "[keys.A]\ndeprecated = 1\n",
            "2:14: expected true, or a text that says what to use instead, found a whole number",
            "write true, or a text that says what to use instead here",
        ),
        (
            "[keys.A]\nmonotonic = \"up\"\n",
            "2:13: this is none of the words that may stand here",
            "expected `rising` or `falling`",
        ),
        (
            "[keys.A]\ndistinct = true\nsame = [\"production\"]\n",
            "1:7: a key cannot be both `distinct` and `same`",
            "distinct: never equal to another environment's; same: equal in all, or in those listed",
        ),
        (
            "[keys.A]\ndocs = \"the wiki\"\n",
            "2:8: `docs` is the address of a page",
            "write the address of a page, https://…, without a password in it",
        ),
        (
            "[keys.A]\nexample = \"sk_live_51CanaryQ7zP2xW9lM4kD8rT\"\n",
            "2:11: this example looks like a live secret",
            "everybody reads it here: write one that opens nothing, such as \"<token>\"",
        ),
        (
            "[keys.A]\ntype = \"port\"\nexample = 0\n",
            "3:11: this example is not a port from 1 to 65535, which is the key's `type`",
            "for example 5432",
        ),
        (
            "[keys.A]\nmax-age = \"often\"\n",
            "2:11: this is no time that a value may last",
            "write a number of days or weeks, for example max-age = \"90d\"",
        ),
        (
            "[keys.A]\nmax-age = \"0d\"\n",
            "2:11: this is no time that a value may last",
            "write a number of days or weeks, for example max-age = \"90d\"",
        ),
        (
            "[keys.A]\nrotated = \"2030-01-01\"\n",
            "2:11: expected a date without quotes, YYYY-MM-DD, found a string",
            "write a date without quotes, YYYY-MM-DD here",
        ),
        (
            "[keys.A]\nprefix = \"{project}-\"\n",
            "1:7: `{project}` needs a `name` in [project]",
            "write it there: folders are named otherwise on other machines",
        ),
        (
            "[keys.A]\n[keys.A.in.production]\nonly-in = [\"production\"]\n",
            "2:12: `only-in` concerns the key in all environments",
            "move it to the table of the key",
        ),
        (
            "[[group]]\nexactly-one = [\"A\"]\n",
            "1:1: a group needs two keys or more",
            "name the others; what must be set alone is `required` in its own table",
        ),
        (
            "[[group]]\nall-or-none = [\"A\", \"B\", \"A\"]\n",
            "2:26: a key stands twice in this group",
            "remove one of the two",
        ),
        (
            "[[group]]\nhelp = \"x\"\n",
            "1:1: a group asks for one thing of its keys",
            "write one of `exactly-one`, `at-least-one` and `all-or-none`, with a list of keys",
        ),
        (
            "[[group]]\nexactly-one = [\"A\", \"B\"]\nat-least-one = [\"A\", \"B\"]\n",
            "1:1: a group asks for one thing of its keys",
            "write one of `exactly-one`, `at-least-one` and `all-or-none`, with a list of keys",
        ),
        (
            "[[group]]\nexacty-one = [\"A\", \"B\"]\n",
            "2:1: unknown key `exacty-one`",
            "did you mean `exactly-one`?",
        ),
    ] {
        let project = Project::new()
            .file("envctl.toml", manifest)
            .file("envs/development/.env", "")
            .file("envs/production/.env", "");
        let expected = format!("error: envctl.toml:{complaint}\n  help: {help}\n");
        project.run("validate").code(2).stdout("").stderr(&expected);
    }
}
