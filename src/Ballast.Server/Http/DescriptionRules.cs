using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ballast.Server.Http;

/// <summary>
/// The interface described as it is: what has no value is absent and not null, unless it says otherwise; and a number is a number. Types made from
/// this then say the same.
/// </summary>
internal static class DescriptionRules
{
    public static void AddTo(OpenApiOptions options)
    {
        options.AddSchemaTransformer(AbsentIsNotRequired);
        options.AddDocumentTransformer(AbsentIsNotNull);
    }

    private static Task AbsentIsNotRequired(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        foreach (var property in context.JsonTypeInfo.Properties)
        {
            if (!property.IsGetNullable)
                continue;
            // It says that it is never left out.
            if (property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) == true)
                (schema.Required ??= new HashSet<string>()).Add(property.Name);
            else
                schema.Required?.Remove(property.Name);
        }
        return Task.CompletedTask;
    }

    private static Task AbsentIsNotNull(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        foreach (var schema in document.Components?.Schemas?.Values.OfType<OpenApiSchema>() ?? [])
        {
            foreach (var (name, property) in schema.Properties?.ToArray() ?? [])
            {
                if (schema.Required?.Contains(name) != true)
                    schema.Properties![name] = WithoutNull(property);
            }
        }
        return Task.CompletedTask;
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchema { Type: { } type } plain && type.HasFlag(JsonSchemaType.Null))
            plain.Type = type & ~JsonSchemaType.Null;
        return schema.OneOf is [{ Type: JsonSchemaType.Null }, var other] ? other : schema;
    }
}
