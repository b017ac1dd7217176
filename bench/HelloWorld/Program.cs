// The least that a web server of this framework can be: what the cold start of any other is compared with.
var app = WebApplication.CreateSlimBuilder(args).Build();
app.MapGet("/", () => "hello");
app.Run();
