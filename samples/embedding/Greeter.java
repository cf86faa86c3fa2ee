import dev.plumbline.server.Serve;
import dev.plumbline.server.api.Doc;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.api.Range;
import dev.plumbline.server.api.TemplateSpec;

record Sum(@Doc("A summand.") @Range(min = 0) int a, @Doc("A summand.") @Range(min = 0) int b) {}

record Total(long total) {}

record Visitor(@Doc("Whom to greet.") String name) {}

record Likes(@Doc("What do you like?") String color) {}

void main() throws Exception {
  var server =
      McpServer.named("greeter", "1.0")
          .tool(
              "sum",
              "Adds two integers",
              Sum.class,
              Total.class,
              (sum, call) -> new Total((long) sum.a() + sum.b()))
          .tool(
              "greet",
              "Asks for a color, then greets",
              Visitor.class,
              (visitor, call) -> {
                var likes = call.elicit("color", "Your favorite color?", Likes.class).accepted();
                return "Hello "
                    + visitor.name()
                    + likes.map(l -> ", so you like " + l.color()).orElse("");
              })
          .template(
              TemplateSpec.at("notes://{day}", "note", "text/plain"),
              (variables, call) -> "Nothing happened on " + variables.get("day"))
          .prompt(
              "poem", "A poem about somebody", Visitor.class, (v, call) -> "Rhyme on " + v.name());
  System.out.println("listening " + Serve.http(server, 0).endpoint());
}
